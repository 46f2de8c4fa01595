package io.triggerquery.producer.internal.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connections to the relay service. It follows no redirect, which could send the password to another host. It
 * repeats a call only if the connection was closed, which may have happened before the call; the callers do the rest.
 *
 * <p>Every call ends at a total deadline for name look-up, connection, TLS, request and the whole response, which is
 * both timeouts of the settings together.
 *
 * <p>Threads: any. Bounds: {@value #CONNECTIONS} concurrent calls, for which further callers wait, the same number of
 * threads, because a name look-up cannot be interrupted, and {@value #MAX_RESPONSE_BYTES} bytes of a response; the
 * rest is cut off. Failure: {@link UncheckedIOException}, or {@link RelayServiceException} for an answer that is not a
 * success.
 */
public final class RelayServiceConnection implements AutoCloseable {

    private static final int CONNECTIONS = 32;
    private static final int MAX_RESPONSE_BYTES = 64 * 1024;
    private static final long IDLE_SECONDS = 30;
    private static final int SUCCESS = 2;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Semaphore permits = new Semaphore(CONNECTIONS);
    private final ThreadPoolExecutor threads = threads();
    private final RelayServiceSettings settings;
    private final String credentials;
    private final HttpClient http;

    /** Creates the client. The first call connects. */
    public RelayServiceConnection(RelayServiceSettings settings) {
        this.settings = settings;
        this.credentials = Base64.getEncoder()
                .encodeToString((settings.user() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8));
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(settings.connectTimeout())
                .executor(threads)
                .build();
    }

    private static ThreadPoolExecutor threads() {
        CustomizableThreadFactory factory = new CustomizableThreadFactory("relay-service-call-");
        factory.setDaemon(true);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                CONNECTIONS, CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Returns the calls of the service. */
    public RelayServiceApi service() {
        return new Calls();
    }

    private void post(String path, Object body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(settings.url().toString().replaceFirst("/+$", "") + path))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build();
        long end = System.nanoTime() + settings.deadline().toNanos();
        try {
            HttpResponse<String> response = callAgainIfClosed(request, end);
            if (response.statusCode() / 100 != SUCCESS) {
                throw new RelayServiceException(response.statusCode(), response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted"));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Calls the service, twice if the first connection fails after it was opened. Each call may be repeated. */
    private HttpResponse<String> callAgainIfClosed(HttpRequest request, long end)
            throws IOException, InterruptedException {
        try {
            return call(request, end);
        } catch (ConnectException | SocketTimeoutException noAnswer) {
            throw noAnswer;
        } catch (IOException closed) {
            return call(request, end);
        }
    }

    private HttpResponse<String> call(HttpRequest request, long end) throws IOException, InterruptedException {
        if (!permits.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw timeout();
        }
        CompletableFuture<HttpResponse<String>> response = http.sendAsync(request, answer -> content());
        try {
            return response.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw timeout();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            // ends the exchange, and closes its connection, if it is not complete
            response.cancel(true);
            permits.release();
        }
    }

    private SocketTimeoutException timeout() {
        return new SocketTimeoutException(
                "no complete response within " + settings.deadline().toMillis() + " ms");
    }

    private static BodySubscriber<String> content() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        return BodySubscribers.mapping(
                BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(
                        bytes -> content.write(bytes, 0, Math.min(bytes.length, MAX_RESPONSE_BYTES - content.size())))),
                complete -> content.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** The calls, by their paths. */
    private final class Calls implements RelayServiceApi {

        @Override
        public void accept(TriggersBody triggers) {
            post("/v1/triggers", triggers);
        }

        @Override
        public void register(RegisterBody registrations) {
            post("/v1/registrations", registrations);
        }

        @Override
        public void activate(ActivateBody registrations) {
            post("/v1/registrations/activate", registrations);
        }

        @Override
        public void cancel(CancelBody registrations) {
            post("/v1/registrations/cancel", registrations);
        }
    }
}
