package io.triggerquery.producer.internal.remote;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Ends every call at a total deadline for name look-up, connection, TLS, request and the whole response. The HTTP
 * client's own timeouts apply to a single read, and it has none for the look-up.
 *
 * <p>Threads: any; each call runs on a thread of its own, because a look-up cannot be interrupted. Bounds: a maximum
 * number of concurrent calls, and {@value #MAX_RESPONSE_BYTES} bytes of a response; the rest is cut off. Failure:
 * {@link IOException}; the connection of a call that exceeds the deadline is closed.
 */
final class DeadlineClient implements ExecChainHandler {

    private static final int MAX_RESPONSE_BYTES = 64 * 1024;

    private final ThreadLocal<Exchange> current = new ThreadLocal<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(call -> {
        Thread thread = new Thread(call, "relay-service-call");
        thread.setDaemon(true);
        return thread;
    });
    private final Duration deadline;
    private final Semaphore permits;

    /** Creates a client. The HTTP client must have it as an interceptor, which provides the connection of a call. */
    DeadlineClient(Duration deadline, int maxConcurrentCalls) {
        this.deadline = deadline;
        this.permits = new Semaphore(maxConcurrentCalls);
    }

    /**
     * Returns a client that passes calls to the given one, whose HTTP client has this interceptor, with the deadline.
     */
    Client wrap(Client client) {
        return (request, options) -> execute(client, request, options);
    }

    private Response execute(Client client, Request request, Request.Options options) throws IOException {
        long end = System.nanoTime() + deadline.toNanos();
        Exchange exchange = new Exchange();
        try {
            if (!permits.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw timeout();
            }
            Future<Response> response = threads.submit(() -> call(client, request, options, exchange));
            return response.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw timeout();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            exchange.end();
        }
    }

    private SocketTimeoutException timeout() {
        return new SocketTimeoutException("no complete response within " + deadline.toMillis() + " ms");
    }

    private Response call(Client client, Request request, Request.Options options, Exchange exchange)
            throws IOException {
        current.set(exchange);
        try (Response response = client.execute(request, options)) {
            if (response.body() == null) {
                return response;
            }
            byte[] body = response.body().asInputStream().readNBytes(MAX_RESPONSE_BYTES);
            return response.toBuilder().body(body).build();
        } finally {
            exchange.end();
            current.remove();
            permits.release();
        }
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        current.get().begin(scope.execRuntime::discardEndpoint);
        return chain.proceed(request, scope);
    }

    void close() {
        threads.shutdownNow();
    }

    /** One call, which may exceed the deadline before its connection is known. Threads: any. */
    private static final class Exchange {

        private Runnable abort = () -> {};
        private boolean ended;

        synchronized void begin(Runnable closeConnection) throws IOException {
            if (ended) {
                throw new InterruptedIOException("the deadline has passed");
            }
            abort = closeConnection;
        }

        /** Closes the connection unless the call has returned it to the pool. */
        synchronized void end() {
            ended = true;
            abort.run();
        }
    }
}
