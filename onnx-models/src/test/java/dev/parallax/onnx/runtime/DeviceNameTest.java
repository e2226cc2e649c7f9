package dev.parallax.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DeviceNameTest {

  @Test
  void aProcessorIsCalledAsLinuxSays() {
    String cpuInfo = "processor\t: 0\nmodel name\t: Example CPU: 7 \nmodel name\t: Other\n";
    assertThat(DeviceName.processor(cpuInfo)).contains("Example CPU: 7");
    assertThat(DeviceName.processor("Features\t: fp asimd\n")).isEmpty();
  }

  @Test
  void aDeviceWithoutADriverHasNoName() {
    Assumptions.assumeFalse(Files.exists(Path.of("/proc/driver/nvidia")), "there is a driver");
    assertThat(DeviceName.of(ExecutionProvider.parse("cuda:0"))).isEmpty();
  }
}
