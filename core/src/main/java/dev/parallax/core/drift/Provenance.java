package dev.parallax.core.drift;

/**
 * What a score was computed with.
 *
 * @param parallax version of Parallax
 * @param config digest of the settings that scores depend on
 * @param reference digest of the reference space
 * @param graph digest of the scoring graphs
 * @param provider ONNX Runtime execution provider
 * @param ort version of ONNX Runtime
 * @param isa vector instruction set
 * @param seed seed of the sampling
 */
public record Provenance(
    String parallax,
    String config,
    String reference,
    String graph,
    String provider,
    String ort,
    String isa,
    long seed) {}
