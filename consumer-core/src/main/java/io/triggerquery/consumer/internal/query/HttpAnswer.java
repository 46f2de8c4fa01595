package io.triggerquery.consumer.internal.query;

import feign.Request;
import feign.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * Receives the answer to one call, limited in size and time. The caller closes the connection when it fails.
 *
 * <p>Threads: those of the HTTP client; the timer for calls that take too long. Bounds: see {@link AnswerBody} and
 * {@link AnswerBudget}.
 */
final class HttpAnswer implements AsyncResponseConsumer<Response>, FutureCallback<Response>, AnswerBudget.Reader {

    private final CompletableFuture<Response> future = new CompletableFuture<>();
    private final Request request;
    private final HttpCalls.Limits limits;
    private final AnswerBody body;
    private volatile @Nullable HttpResponse head;
    private volatile @Nullable CapacityChannel waitingChannel;
    private volatile long deadlineNanos;
    private volatile Future<?> deadlineCheck;
    private @Nullable FutureCallback<Response> result;
    private @Nullable Response response;
    private volatile boolean usesBudget;
    private boolean released;

    HttpAnswer(Request request, HttpCalls.Limits limits) {
        this.request = request;
        this.limits = limits;
        this.body = new AnswerBody(limits.settings().maxAnswerBytes());
        long timeoutNanos = limits.settings()
                .connectTimeout()
                .plus(limits.settings().readTimeout())
                .toNanos();
        this.deadlineNanos = System.nanoTime() + timeoutNanos;
        this.deadlineCheck = limits.timer().schedule(this::checkDeadline, timeoutNanos, TimeUnit.NANOSECONDS);
        future.whenComplete((any, failure) -> onDone());
    }

    CompletableFuture<Response> future() {
        return future;
    }

    private void onDone() {
        deadlineCheck.cancel(false);
        if (usesBudget) {
            limits.budget().release(this);
        }
    }

    /**
     * Fails the call after its deadline. One check per call is cheaper than separate deadlines for the beginning and
     * the end of the answer.
     */
    private void checkDeadline() {
        long leftNanos = deadlineNanos - System.nanoTime();
        if (leftNanos > 0) {
            deadlineCheck = limits.timer().schedule(this::checkDeadline, leftNanos, TimeUnit.NANOSECONDS);
        } else {
            failed(new SocketTimeoutException("The answer of " + address()
                    + (head == null ? " did not begin within " : " took longer than ")
                    + limits.settings().readTimeout().toMillis() + " ms."));
        }
    }

    private String address() {
        return Addresses.withoutQuery(request.url());
    }

    @Override
    public void informationResponse(HttpResponse early, HttpContext context) {
        // the final response follows
    }

    @Override
    public void consumeResponse(
            HttpResponse responseHead,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<Response> callback)
            throws IOException {
        failIfDone();
        failIfProxyRefused(responseHead, context);
        deadlineNanos = System.nanoTime() + limits.settings().readTimeout().toNanos();
        head = responseHead;
        result = callback;
        if (!Statuses.isSuccess(responseHead.getCode())) {
            body.keepOnly(limits.maxErrorBytes());
        }
        if (entity == null) {
            streamEnd(List.of());
        }
    }

    /**
     * Fails if the answer is the proxy's to the request for a tunnel. Its status says nothing about the requested ids:
     * a 404 must not become an absence.
     */
    private void failIfProxyRefused(HttpResponse responseHead, HttpContext context) throws IOException {
        if (request.url().startsWith("https:") && HttpCoreContext.cast(context).getSSLSession() == null) {
            var refused = new ProxyRefusedException(responseHead.getCode(), responseHead.getReasonPhrase());
            failed(refused);
            throw refused;
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        usesBudget = true;
        waitingChannel = channel;
        if (limits.budget().tryReserve(this)) {
            onReserved();
        }
        if (future.isDone()) { // completed meanwhile: the new reservation would never be freed
            limits.budget().release(this);
        }
    }

    @Override
    public void onReserved() {
        CapacityChannel channel = waitingChannel;
        waitingChannel = null;
        try {
            if (channel != null) {
                channel.update(AnswerBudget.STEP);
            }
        } catch (IOException failure) {
            failed(failure);
        }
    }

    @Override
    public void consume(ByteBuffer buffer) throws IOException {
        failIfDone();
        try {
            if (!body.append(buffer)) {
                tooLarge();
            }
        } catch (OutOfMemoryError failure) { // otherwise it would end the HTTP client's thread
            limits.memory().record(failure);
            var outOfMemory = new IOException("There is not enough memory for the answer of " + address() + ".");
            failed(outOfMemory);
            throw outOfMemory;
        }
    }

    /** Completes the call immediately; the connection is not used again. */
    private void tooLarge() throws IOException {
        var tooLarge = new AnswerTooLargeException(address(), limits.settings().maxAnswerBytes());
        HttpResponse responseHead = head();
        if (Statuses.isSuccess(responseHead.getCode())) {
            future.completeExceptionally(tooLarge);
        } else {
            future.complete(toResponse(responseHead));
        }
        throw new IOException(tooLarge.getMessage());
    }

    /**
     * Fails if the call has completed. The caller's cancellation may have been lost: the HTTP client drops it if a
     * connection becomes available before the client has registered that it waits for one.
     */
    private void failIfDone() throws IOException {
        if (future.isDone()) {
            throw cancellation();
        }
    }

    private InterruptedIOException cancellation() {
        return new InterruptedIOException("The call of " + address() + " was cancelled.");
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        FutureCallback<Response> callback = result;
        if (callback != null) {
            callback.completed(toResponse(head()));
        }
    }

    private HttpResponse head() {
        HttpResponse responseHead = head;
        if (responseHead == null) {
            throw new IllegalStateException("The response has no head yet.");
        }
        return responseHead;
    }

    private Response toResponse(HttpResponse responseHead) {
        Map<String, Collection<String>> headers = new HashMap<>();
        for (Header header : responseHead.getHeaders()) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
        }
        return Response.builder()
                .status(responseHead.getCode())
                .reason(responseHead.getReasonPhrase())
                .headers(headers)
                .request(request)
                .body(body)
                .build();
    }

    @Override
    public void completed(Response received) {
        response = received;
        completeIfReleased();
    }

    /**
     * Completes the call after the connection was returned to the pool; otherwise the next call would open another one.
     */
    @Override
    public void releaseResources() {
        released = true;
        completeIfReleased();
    }

    private void completeIfReleased() {
        if (released && response != null) {
            future.complete(response);
        }
    }

    /** Fails the call as Feign does, but without secrets. */
    @Override
    public void failed(Exception failure) {
        if (waitingChannel != null) {
            future.completeExceptionally(new AnswerMemoryException(address()));
        } else {
            future.completeExceptionally(CallFailures.of(
                    request, failure instanceof IOException io ? io : new IOException(failure.getMessage(), failure)));
        }
    }

    @Override
    public void cancelled() {
        failed(cancellation());
    }
}
