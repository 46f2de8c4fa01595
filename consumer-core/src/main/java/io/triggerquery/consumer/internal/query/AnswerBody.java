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
 * The bytes of an answer's body that have been read. Of one that is no success the first {@value #ERROR_BYTES} bytes
 * are kept.
 *
 * <p>Threads: one at a time, and any once all has been read.
 */
final class AnswerBody implements Response.Body {

    private static final int FIRST_BYTES = 512;
    private static final int ERROR_BYTES = 4 * 1024;

    private final ByteArrayBuffer bytes = new ByteArrayBuffer(FIRST_BYTES);
    private final int maxBytes;
    private int keptBytes;
    private long length;

    AnswerBody(int maxBytes) {
        this.maxBytes = maxBytes;
        this.keptBytes = maxBytes;
    }

    /** It is the body of an answer that is no success. */
    void isOfAnError() {
        keptBytes = Math.min(ERROR_BYTES, maxBytes);
    }

    /** Reads some; false if that is more than an answer may have. */
    boolean read(ByteBuffer some) {
        length += some.remaining();
        if (length > maxBytes) {
            return false;
        }
        int room = keptBytes - bytes.length();
        if (some.remaining() > room) {
            some.limit(some.position() + room);
        }
        bytes.append(some);
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
        // holds nothing but memory
    }
}
