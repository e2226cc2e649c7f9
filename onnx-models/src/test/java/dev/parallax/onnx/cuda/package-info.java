/**
 * Whether our models can run on the CUDA provider, judged from the published list of its kernels,
 * without a device. Read {@link dev.parallax.onnx.cuda.CudaPlacementTest} first.
 */
@NullMarked
package dev.parallax.onnx.cuda;

import org.jspecify.annotations.NullMarked;
