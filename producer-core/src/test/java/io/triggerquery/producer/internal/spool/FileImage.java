package io.triggerquery.producer.internal.spool;

import java.util.Arrays;

/** The content of a file in memory, to which recorded operations can be applied. */
final class FileImage {

    private byte[] bytes;
    private int length;

    FileImage(byte[] content) {
        this.bytes = content.clone();
        this.length = content.length;
    }

    void apply(DiskOperation operation) {
        if (operation instanceof DiskOperation.Write write) {
            int end = (int) write.offset() + write.bytes().length;
            resize(Math.max(length, end));
            System.arraycopy(write.bytes(), 0, bytes, (int) write.offset(), write.bytes().length);
        } else if (operation instanceof DiskOperation.Truncate truncate) {
            resize((int) truncate.length());
        }
    }

    private void resize(int wanted) {
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * wanted);
        } else if (wanted < length) {
            Arrays.fill(bytes, wanted, length, (byte) 0);
        }
        length = wanted;
    }

    byte[] content() {
        return Arrays.copyOf(bytes, length);
    }
}
