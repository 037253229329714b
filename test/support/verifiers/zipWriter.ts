import { crc32 } from 'node:zlib';

/** An entry of an archive; what is not given is as it should be. */
export interface WrittenEntry {
  readonly name: string;
  readonly content: Uint8Array;
  /** As the directory tells it. */
  readonly size?: number;
  readonly checksum?: number;
}

/** A ZIP archive of stored entries, as PyTorch writes it but for the alignment. */
export function writeZip(entries: readonly WrittenEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, size = content.length, checksum = crc32(content) } of entries) {
    const nameBytes = Buffer.from(name);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50);
    header.writeUInt16LE(nameBytes.length, 26);
    locals.push(header, nameBytes, Buffer.from(content));
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt32LE(checksum, 16);
    entry.writeUInt32LE(size, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(nameBytes.length, 28);
    entry.writeUInt32LE(at, 42);
    directory.push(entry, nameBytes);
    at += header.length + nameBytes.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
