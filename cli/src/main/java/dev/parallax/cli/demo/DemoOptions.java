package dev.parallax.cli.demo;

import dev.parallax.cli.demo.models.DemoScenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a demo was asked to run.
 *
 * @param duration wall time of the traffic
 * @param scenario what happens to the models
 * @param seed of the traffic and the sampling
 * @param speed event time over wall time
 * @param port of the status page; 0 for a free one
 * @param data where the topics are kept, if they are
 * @param report file of the report, if one is wanted
 * @param headless whether to print lines only
 */
record DemoOptions(
    Duration duration,
    DemoScenario scenario,
    long seed,
    double speed,
    int port,
    Optional<Path> data,
    Optional<Path> report,
    boolean headless) {}
