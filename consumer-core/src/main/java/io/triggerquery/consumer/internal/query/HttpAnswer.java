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
import org.jspecify.annotations.Nullable;

/**
 * The answer to one call, limited in size and time. Whoever has made the call hangs up when it fails.
 *
 * <p>Threads: the HTTP client's, and the timer for what takes too long. Bounds: see {@link AnswerBody} and {@link
 * AnswerBudget}.
 */
final class HttpAnswer implements AsyncResponseConsumer<Response>, FutureCallback<Response>, AnswerBudget.Reader {

    private final CompletableFuture<Response> future = new CompletableFuture<>();
    private final Request request;
    private final HttpCalls.Limits limits;
    private final AnswerBody body;
    private volatile @Nullable HttpResponse head;
    private volatile @Nullable CapacityChannel waiting;
    private volatile long due;
    private volatile Future<?> deadline;
    private @Nullable FutureCallback<Response> result;
    private @Nullable Response response;
    private volatile boolean large;
    private boolean released;

    HttpAnswer(Request request, HttpCalls.Limits limits) {
        this.request = request;
        this.limits = limits;
        this.body = new AnswerBody(limits.settings().maxAnswerBytes());
        long timing = limits.settings()
                .connectTimeout()
                .plus(limits.settings().readTimeout())
                .toNanos();
        this.due = System.nanoTime() + timing;
        this.deadline = limits.timer().schedule(this::look, timing, TimeUnit.NANOSECONDS);
        future.whenComplete((any, failure) -> over());
    }

    CompletableFuture<Response> future() {
        return future;
    }

    private void over() {
        deadline.cancel(false);
        if (large) {
            limits.budget().release(this);
        }
    }

    /** One look for each call is cheaper than a deadline for its beginning and another one for its end. */
    private void look() {
        long left = due - System.nanoTime();
        if (left > 0) {
            deadline = limits.timer().schedule(this::look, left, TimeUnit.NANOSECONDS);
        } else {
            failed(new SocketTimeoutException("the answer of " + address()
                    + (head == null ? " did not begin within " : " took longer than ")
                    + limits.settings().readTimeout().toMillis() + " ms"));
        }
    }

    private String address() {
        return Addresses.withoutQuery(request.url());
    }

    @Override
    public void informationResponse(HttpResponse early, HttpContext context) {
        // the answer is still to come
    }

    @Override
    public void consumeResponse(
            HttpResponse itsHead,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<Response> itsResult)
            throws IOException {
        hangUpIfGivenUp();
        due = System.nanoTime() + limits.settings().readTimeout().toNanos();
        head = itsHead;
        result = itsResult;
        if (!Statuses.isSuccess(itsHead.getCode())) {
            body.isOfAnError();
        }
        if (entity == null) {
            streamEnd(List.of());
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        large = true;
        waiting = channel;
        if (limits.budget().ask(this)) {
            readOn();
        }
        if (future.isDone()) { // since then: what was given now would never be given back
            limits.budget().release(this);
        }
    }

    @Override
    public void readOn() {
        CapacityChannel channel = waiting;
        waiting = null;
        try {
            if (channel != null) {
                channel.update(AnswerBudget.STEP);
            }
        } catch (IOException failure) {
            failed(failure);
        }
    }

    @Override
    public void consume(ByteBuffer some) throws IOException {
        hangUpIfGivenUp();
        try {
            if (!body.read(some)) {
                tooLarge();
            }
        } catch (OutOfMemoryError failure) { // else it would end the HTTP client's thread
            limits.memory().look(failure);
            var given = new IOException("no memory for the answer of " + address());
            failed(given);
            throw given;
        }
    }

    /** The caller goes on at once: the connection is not used again. */
    private void tooLarge() throws IOException {
        var tooLarge = new AnswerTooLargeException(address(), limits.settings().maxAnswerBytes());
        HttpResponse itsHead = head();
        if (Statuses.isSuccess(itsHead.getCode())) {
            future.completeExceptionally(tooLarge);
        } else {
            future.complete(whole(itsHead));
        }
        throw new IOException(tooLarge.getMessage());
    }

    /**
     * The caller's cancellation may have been lost: the HTTP client forgets what to cancel if a connection is there before
     * it has noted that it waits for one.
     */
    private void hangUpIfGivenUp() throws IOException {
        if (future.isDone()) {
            throw new InterruptedIOException("the call of " + address() + " was given up");
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        FutureCallback<Response> itsResult = result;
        if (itsResult != null) {
            itsResult.completed(whole(head()));
        }
    }

    private HttpResponse head() {
        HttpResponse itsHead = head;
        if (itsHead == null) {
            throw new IllegalStateException("an answer without a beginning");
        }
        return itsHead;
    }

    private Response whole(HttpResponse itsHead) {
        Map<String, Collection<String>> headers = new HashMap<>();
        for (Header header : itsHead.getHeaders()) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
        }
        return Response.builder()
                .status(itsHead.getCode())
                .reason(itsHead.getReasonPhrase())
                .headers(headers)
                .request(request)
                .body(body)
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
        if (waiting != null) {
            future.completeExceptionally(new AnswerMemoryException(address()));
        } else {
            future.completeExceptionally(
                    failure instanceof IOException ? failure : new IOException(failure.getMessage(), failure));
        }
    }

    @Override
    public void cancelled() {
        failed(new InterruptedIOException("the call of " + address() + " was given up"));
    }
}
