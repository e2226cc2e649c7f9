package dev.parallax.cli.drill;

import dev.parallax.core.drill.FaultKind;
import java.time.Duration;

/**
 * What a drill does and when.
 *
 * @param fault what is done to the stream
 * @param model name of the model whose events are repeated
 * @param version its version
 * @param pane length of a pane
 * @param healthyPanes panes before the fault, in which the shadow series gets its baseline
 * @param faultyPanes panes with the fault
 * @param grace how long after the last pane its score may take
 * @param judged whether the verdict is waited for and judged
 */
record DrillPlan(
    FaultKind fault,
    String model,
    String version,
    Duration pane,
    int healthyPanes,
    int faultyPanes,
    Duration grace,
    boolean judged) {}
