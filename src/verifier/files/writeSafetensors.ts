import { IS_LITTLE_ENDIAN } from './storedTensor.ts';

/** A tensor to be written. */
export interface NumberTensor {
  readonly shape: readonly number[];
  /** The last axis running fastest. */
  readonly values: Float32Array;
}

/** A safetensors file of 32-bit floats; the tensors in their order, the header filled up so that they are aligned. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, NumberTensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    const start = end;
    end += values.length * 4;
    header[name] = { dtype: 'F32', shape, data_offsets: [start, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerBytes + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, 8, 8 + headerBytes);
  bytes.set(text, 8);
  let at = 8 + headerBytes;
  for (const { values } of tensors.values()) {
    if (IS_LITTLE_ENDIAN) bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    else
      values.forEach((value, index) => {
        view.setFloat32(at + index * 4, value, true);
      });
    at += values.byteLength;
  }
  return bytes;
}
