package io.triggerquery.consumer.test.broker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import feign.FeignException;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.test.ScriptedSource;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A scripted source behind real HTTP, on a free local port. */
final class HttpSource implements AutoCloseable {

    private static final int BACKLOG = 200;

    private final SourceMethods methods;
    private final ScriptedSource script;
    private final QuestionPath byId;
    private final Optional<QuestionPath> byIds;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private record Answer(int status, @Nullable String absent, byte[] body) {}

    HttpSource(SourceMethods methods) throws IOException {
        this.methods = methods;
        this.script = new ScriptedSource(methods);
        this.byId = QuestionPath.byId(methods);
        this.byIds = QuestionPath.byIds(methods);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    ScriptedSource script() {
        return script;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange.getRequestURI());
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            if (answer.absent() != null) {
                exchange.getResponseHeaders().add("Trigger-Query-Absent", answer.absent());
            }
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Answer answer(URI uri) {
        String request = uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
        Optional<List<String>> several = byIds.flatMap(path -> path.ids(request));
        if (several.isPresent()) {
            return answer(
                    Objects.requireNonNull(methods.byIds()),
                    methods.idsConversion().convertAll(several.get()));
        }
        return byId.ids(request)
                .map(ids -> answer(methods.byId(), methods.idConversion().convert(ids.get(0))))
                .orElseGet(() -> new Answer(404, null, new byte[0]));
    }

    private Answer answer(Method method, Object argument) {
        try {
            Object state = method.invoke(script.client(), argument);
            return new Answer(200, null, JsonMapper.shared().writeValueAsBytes(state));
        } catch (InvocationTargetException thrown) {
            return thrown.getCause() instanceof FeignException failure
                    ? new Answer(failure.status(), absent(failure), new byte[0])
                    : new Answer(500, null, new byte[0]);
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException(hidden);
        }
    }

    private static @Nullable String absent(FeignException failure) {
        return failure.responseHeaders().getOrDefault("Trigger-Query-Absent", List.of()).stream()
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
