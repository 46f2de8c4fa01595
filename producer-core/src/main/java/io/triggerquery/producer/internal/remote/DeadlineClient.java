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
 * Ends every call at a total deadline for connection, TLS, request and the whole answer. The HTTP client's own limits
 * are for one read, and none for looking up an address.
 *
 * <p>Threads: any; a call runs on one of its own, because a look-up can't be interrupted. Bounds: so many calls at once as
 * the constructor says, and {@value #LARGEST_ANSWER} bytes of an answer. Failure: {@link IOException}; the connection of a
 * call that was given up is closed.
 */
final class DeadlineClient implements ExecChainHandler {

    private static final int LARGEST_ANSWER = 64 * 1024;

    private final ThreadLocal<Exchange> current = new ThreadLocal<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread calling = new Thread(work, "relay-service-call");
        calling.setDaemon(true);
        return calling;
    });
    private final Duration deadline;
    private final Semaphore free;

    /** Makes an interceptor, by which the HTTP client tells the connection of a call. */
    DeadlineClient(Duration deadline, int mostCalls) {
        this.deadline = deadline;
        this.free = new Semaphore(mostCalls);
    }

    /** What calls by this client, whose HTTP client has this as an interceptor, until the deadline. */
    Client over(Client client) {
        return (request, options) -> execute(client, request, options);
    }

    private Response execute(Client client, Request request, Request.Options options) throws IOException {
        long end = System.nanoTime() + deadline.toNanos();
        Exchange exchange = new Exchange();
        try {
            if (!free.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw late();
            }
            Future<Response> answer = threads.submit(() -> call(client, request, options, exchange));
            return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            exchange.end();
        }
    }

    private SocketTimeoutException late() {
        return new SocketTimeoutException("no complete answer within " + deadline.toMillis() + " ms");
    }

    private Response call(Client client, Request request, Request.Options options, Exchange exchange)
            throws IOException {
        current.set(exchange);
        try (Response response = client.execute(request, options)) {
            if (response.body() == null) {
                return response;
            }
            byte[] body = response.body().asInputStream().readNBytes(LARGEST_ANSWER);
            return response.toBuilder().body(body).build();
        } finally {
            exchange.end();
            current.remove();
            free.release();
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

    /** One call, which may be given up before its connection is known. Threads: any. */
    private static final class Exchange {

        private Runnable abort = () -> {};
        private boolean over;

        synchronized void begin(Runnable closesItsConnection) throws IOException {
            if (over) {
                throw new InterruptedIOException("given up");
            }
            abort = closesItsConnection;
        }

        /** Closes the connection, unless the call has given it back. */
        synchronized void end() {
            over = true;
            abort.run();
        }
    }
}
