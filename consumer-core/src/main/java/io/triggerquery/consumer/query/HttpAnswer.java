package io.triggerquery.consumer.query;

import feign.Request;
import feign.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one call, up to a size and within a time. Whoever has made the call hangs up when it fails.
 *
 * <p>Threads: the HTTP client's, and the timer for what takes too long.
 */
final class HttpAnswer extends AbstractBinResponseConsumer<Response> implements FutureCallback<Response> {

    private static final int FIRST_BYTES = 512;

    private final CompletableFuture<Response> future = new CompletableFuture<>();
    private final ByteArrayBuffer body = new ByteArrayBuffer(FIRST_BYTES);
    private final Request request;
    private final SourceSettings.Limits limits;
    private final ScheduledExecutorService timer;
    private volatile @Nullable HttpResponse head;
    private volatile long due;
    private volatile Future<?> deadline;
    private @Nullable Response response;
    private boolean released;

    HttpAnswer(Request request, SourceSettings.Limits limits, ScheduledExecutorService timer) {
        this.request = request;
        this.limits = limits;
        this.timer = timer;
        long patience = limits.connectTimeout().plus(limits.readTimeout()).toNanos();
        this.due = System.nanoTime() + patience;
        this.deadline = timer.schedule(this::look, patience, TimeUnit.NANOSECONDS);
        future.whenComplete((any, failure) -> deadline.cancel(false));
    }

    CompletableFuture<Response> future() {
        return future;
    }

    /** One look for each call is cheaper than a deadline for its beginning and another one for its end. */
    private void look() {
        long left = due - System.nanoTime();
        if (left > 0) {
            deadline = timer.schedule(this::look, left, TimeUnit.NANOSECONDS);
        } else {
            failed(new SocketTimeoutException("the answer of " + request.url()
                    + (head == null ? " did not begin within " : " took longer than ")
                    + limits.readTimeout().toMillis() + " ms"));
        }
    }

    @Override
    protected void start(HttpResponse itsHead, @Nullable ContentType type) throws IOException {
        hangUpIfGivenUp();
        due = System.nanoTime() + limits.readTimeout().toNanos();
        head = itsHead;
    }

    @Override
    protected int capacityIncrement() {
        return Integer.MAX_VALUE;
    }

    @Override
    protected void data(ByteBuffer some, boolean last) throws IOException {
        hangUpIfGivenUp();
        if (body.length() + some.remaining() > limits.maxAnswerBytes()) {
            var tooLarge = new AnswerTooLargeException(request.url(), limits.maxAnswerBytes());
            future.completeExceptionally(tooLarge);
            throw new IOException(tooLarge.getMessage());
        }
        body.append(some);
    }

    /**
     * The caller's cancellation may have been lost: the HTTP client forgets what to cancel if a connection is there before
     * it has noted that it waits for one.
     */
    private void hangUpIfGivenUp() throws IOException {
        if (future.isDone()) {
            throw new InterruptedIOException("the call of " + request.url() + " was given up");
        }
    }

    @Override
    protected Response buildResult() {
        HttpResponse itsHead = head;
        if (itsHead == null) {
            throw new IllegalStateException("an answer without a beginning");
        }
        Map<String, Collection<String>> headers = new HashMap<>();
        for (Header header : itsHead.getHeaders()) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
        }
        return Response.builder()
                .status(itsHead.getCode())
                .reason(itsHead.getReasonPhrase())
                .headers(headers)
                .request(request)
                .body(body.toByteArray())
                .build();
    }

    @Override
    public void completed(Response itsResponse) {
        response = itsResponse;
        passOn();
    }

    /** The connection has gone back: only then, or whoever goes on with the answer would open another one. */
    @Override
    public void releaseResources() {
        released = true;
        passOn();
    }

    private void passOn() {
        if (released && response != null) {
            future.complete(response);
        }
    }

    /** Whatever goes wrong on the way is of one kind for Feign, as it is with its other clients. */
    @Override
    public void failed(Exception failure) {
        future.completeExceptionally(
                failure instanceof IOException ? failure : new IOException(failure.getMessage(), failure));
    }

    @Override
    public void cancelled() {
        failed(new InterruptedIOException("the call of " + request.url() + " was given up"));
    }
}
