package io.triggerquery.consumer.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Reads an answer's body up to a size and within a time, and hangs up on one that is longer or takes longer. Merely
 * closing such a body would read it to its end first, which may never come. The connection of an answer that was read is
 * kept for the next call.
 */
final class AnswerLimit implements ExecChainHandler {

    private static final int CHUNK_BYTES = 8 * 1024;

    private final int maxBytes;
    private final Duration maxTime;
    private final LongSupplier nanoTime;

    AnswerLimit(int maxBytes, Duration maxTime, LongSupplier nanoTime) {
        this.maxBytes = maxBytes;
        this.maxTime = maxTime;
        this.nanoTime = nanoTime;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = chain.proceed(request, scope);
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return response;
        }
        try {
            byte[] body = read(entity.getContent(), request.getRequestUri());
            scope.execRuntime.releaseEndpoint(); // else it is closed together with the response
            response.setEntity(new ByteArrayEntity(
                    body, ContentType.parseLenient(entity.getContentType()), entity.getContentEncoding()));
            return response;
        } catch (IOException | RuntimeException failure) {
            scope.execRuntime.discardEndpoint();
            throw failure;
        }
    }

    private byte[] read(InputStream content, String path) throws IOException {
        long start = nanoTime.getAsLong();
        var body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            body.write(chunk, 0, read);
            if (body.size() > maxBytes) {
                throw new AnswerTooLargeException(path, maxBytes);
            }
            if (nanoTime.getAsLong() - start > maxTime.toNanos()) {
                throw new SocketTimeoutException(
                        "the answer of " + path + " took longer than " + maxTime.toMillis() + " ms");
            }
        }
        return body.toByteArray();
    }
}
