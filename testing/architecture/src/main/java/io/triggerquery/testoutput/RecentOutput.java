package io.triggerquery.testoutput;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * The last bytes that this JVM has written to its standard output and error.
 *
 * <p>Threads: any.
 */
final class RecentOutput {

    // of the streams that the build reads, which take bytes for text in the platform's charset
    private static final Charset CHARSET = Charset.defaultCharset();

    private final byte[] ring;
    private long written;
    private long start;

    RecentOutput(int capacity) {
        ring = new byte[capacity];
    }

    /** Returns a stream that writes to the target and is remembered here. */
    PrintStream copying(PrintStream target) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        write(new byte[] {(byte) one}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        target.write(bytes, offset, length);
                        add(bytes, offset, length);
                    }

                    @Override
                    public void flush() {
                        target.flush();
                    }
                },
                true,
                CHARSET);
    }

    private synchronized void add(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (written++ % ring.length)] = bytes[offset + i];
        }
    }

    /** Forgets what was written until now. */
    synchronized void clear() {
        start = written;
    }

    /** Returns what was written since the last {@link #clear}, without its beginning if that is too long. */
    synchronized String text() {
        long from = Math.max(start, written - ring.length);
        byte[] bytes = new byte[(int) (written - from)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ring[(int) ((from + i) % ring.length)];
        }
        return (from > start ? "..." : "") + new String(bytes, CHARSET);
    }
}
