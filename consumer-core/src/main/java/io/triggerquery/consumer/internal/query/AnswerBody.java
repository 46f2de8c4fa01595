package io.triggerquery.consumer.internal.query;

import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.util.ByteArrayBuffer;

/**
 * The bytes read so far of a response body. Of an unsuccessful response, only the first bytes are kept.
 *
 * <p>Threads: one at a time; any thread after the body has been read completely.
 */
final class AnswerBody implements Response.Body {

    private static final int INITIAL_BYTES = 512;

    private final ByteArrayBuffer bytes = new ByteArrayBuffer(INITIAL_BYTES);
    private final int maxBytes;
    private int keptBytes;
    private long length;

    AnswerBody(int maxBytes) {
        this.maxBytes = maxBytes;
        this.keptBytes = maxBytes;
    }

    /** Limits the kept bytes to the first ones. */
    void keepOnly(int firstBytes) {
        keptBytes = Math.min(firstBytes, maxBytes);
    }

    /** Appends the bytes; returns false if the body is longer than the maximum. */
    boolean append(ByteBuffer buffer) {
        length += buffer.remaining();
        if (length > maxBytes) {
            return false;
        }
        int room = keptBytes - bytes.length();
        if (buffer.remaining() > room) {
            buffer.limit(buffer.position() + room);
        }
        bytes.append(buffer);
        return true;
    }

    @Override
    public Integer length() {
        return bytes.length();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public InputStream asInputStream() {
        return new ByteArrayInputStream(bytes.array(), 0, bytes.length());
    }

    @Override
    public Reader asReader() {
        return asReader(StandardCharsets.UTF_8);
    }

    @Override
    public Reader asReader(Charset charset) {
        return new InputStreamReader(asInputStream(), charset);
    }

    @Override
    public void close() {
        // nothing to close
    }
}
