package io.triggerquery.console.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The console's HTTP answers, in an application with Spring Security and a context path. */
class ConsoleHttpIT {

    private static Shop shop;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open();
    }

    private static HttpRequest.Builder request(String user, String path) {
        var request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + shop.port() + Shop.CONTEXT + "/triggerquery" + path));
        return user == null
                ? request
                : request.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                (user + ":" + user.charAt(0)).getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> get(String user, String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(user, path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode json(String user, String path) throws Exception {
        return JsonMapper.shared().readTree(get(user, path).body());
    }

    private HttpResponse<String> operate(String user, String body, String... more) throws Exception {
        JsonNode session = json(user, "/api/session");
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json"));
        for (String token : List.of("token", "csrf")) {
            headers.add(session.at("/" + token + "/name").asString());
            headers.add(session.at("/" + token + "/value").asString());
        }
        headers.addAll(List.of(more));
        return http.send(
                request(user, "/api/consumer")
                        .headers(headers.toArray(String[]::new))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        ", /, 401",
        ", /app.js, 401",
        ", /api/overview, 401",
        "cleo, /, 403",
        "cleo, /api/session, 403",
        "cleo, /api/overview, 403",
        "cleo, /api/events, 403",
        "ray, /, 200",
        "ray, /app.js, 200",
        "ray, /lib/preact.js, 200",
        "ray, /api/session, 200",
        "ray, /api/overview, 200",
        "ray, /api/consumer?listener=bills&view=audit, 200",
        "ray, /api/consumer?listener=nothing, 404",
        "ray, /api/consumer?listener=bills&view=nothing, 400",
        "ray, /api/consumer, 400",
        "ray, /api/nothing, 404",
        "ray, /nothing.js, 404",
        "ray, /..%2f..%2fapplication.yaml, 400",
        "ann, /api/overview, 200"
    })
    void answersByTheRightToRead(String user, String path, int status) throws Exception {
        assertThat(get(user, path).statusCode()).isEqualTo(status);
    }

    @Test
    void redirectsToTrailingSlashWithRelativeUrl() throws Exception {
        HttpResponse<String> answer = get("ray", "");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("triggerquery/");
    }

    @Test
    void protectsEachAnswer() throws Exception {
        for (String path : List.of("/", "/api/session", "/console.css", "/api/nothing")) {
            assertThat(get("ray", path).headers().map())
                    .as(path)
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsEntry("referrer-policy", List.of("no-referrer"))
                    .containsEntry(
                            "content-security-policy",
                            List.of("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                                    + " img-src 'self' data:; frame-ancestors 'none'; base-uri 'none';"
                                    + " form-action 'none'"))
                    .containsEntry("cache-control", List.of(path.startsWith("/api") ? "no-store" : "no-cache"));
        }
    }

    @Test
    void doesNotSendCachedFileAgain() throws Exception {
        String tag = get("ray", "/app.js").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> known = get("ray", "/app.js", "If-None-Match", tag);
        HttpResponse<InputStream> compressed = http.send(
                request("ray", "/app.js").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofInputStream());

        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    }

    @Test
    void reportsUserAndPermissions() throws Exception {
        JsonNode reader = json("ray", "/api/session");
        JsonNode operator = json("ann", "/api/session");

        assertThat(reader.at("/user").asString()).isEqualTo("ray");
        assertThat(reader.at("/mayNotOperate").asString()).isEqualTo("You do not have the role OPERATOR.");
        assertThat(operator.at("/mayNotOperate").isNull()).isTrue();
        assertThat(operator.at("/parts").size()).isEqualTo(2);
    }

    @Test
    void operateRoleOperatesAndIsAudited() throws Exception {
        HttpResponse<String> answer = operate(
                "ann",
                "{\"listener\": \"old\", \"operation\": \"retry\", \"id\": \"a/b\"}",
                "Sec-Fetch-Site",
                "same-origin");

        assertThat(answer.statusCode())
                .isEqualTo(404); // returns at once, because no instance of this listener is silent
        JsonNode newest = json("ann", "/api/consumer?listener=old&view=audit").get(0);
        assertThat(newest.at("/user").asString()).isEqualTo("ann");
        assertThat(newest.at("/parameters/id").asString()).isEqualTo("a/b");
    }

    @Test
    void readRoleDoesNotOperate() throws Exception {
        HttpResponse<String> answer = operate("ray", "{\"listener\": \"bills\", \"operation\": \"pause\"}");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("You do not have the role OPERATOR.");
        assertThat(json("ray", "/api/consumer?listener=bills&view=fleet")
                        .at("/pause")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://evil.example",
        "Origin, null"
    })
    void pageOfOtherOriginNeitherOperatesNorReads(String header, String value) throws Exception {
        assertThat(operate("ann", "{\"listener\": \"bills\", \"operation\": \"pause\"}", header, value)
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("ann", "/api/overview", header, value).statusCode()).isEqualTo(403);
    }

    @Test
    void operationRequiresToken() throws Exception {
        JsonNode session = json("ann", "/api/session");
        HttpResponse<String> answer = http.send(
                request("ann", "/api/consumer")
                        .header("Content-Type", "application/json")
                        .header(
                                session.at("/csrf/name").asString(),
                                session.at("/csrf/value").asString())
                        .POST(BodyPublishers.ofString("{\"listener\": \"bills\", \"operation\": \"pause\"}"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("token");
    }

    @Test
    void formOfOtherOriginDoesNotOperate() throws Exception {
        JsonNode session = json("ann", "/api/session");
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            HttpResponse<String> answer = http.send(
                    request("ann", "/api/consumer")
                            .header("Content-Type", type)
                            .header(
                                    session.at("/csrf/name").asString(),
                                    session.at("/csrf/value").asString())
                            .POST(BodyPublishers.ofString("{\"listener\": \"bills\", \"operation\": \"pause\"}"))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(type).isEqualTo(415);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | 400",
                "nothing | 400",
                "'' | 400",
                "{\"listener\": 7} | 400",
                "{} | 400",
                "{\"listener\": \"bills\"} | 400",
                "{\"listener\": \"bills\", \"operation\": \"drop\"} | 400",
                "{\"listener\": \"nothing\", \"operation\": \"pause\"} | 404"
            })
    void invalidOperationIsRejected(String body, int status) throws Exception {
        HttpResponse<String> answer = operate("ann", body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(JsonMapper.shared().readTree(answer.body()).at("/error").asString())
                .isNotBlank();
    }

    @Test
    void sendsOverviewsAsEvents() throws Exception {
        HttpResponse<InputStream> answer =
                http.send(request("ray", "/api/events").build(), BodyHandlers.ofInputStream());

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 2; i++) {
                assertThat(lines.readLine()).isEqualTo("event:overview");
                JsonNode overview =
                        JsonMapper.shared().readTree(lines.readLine().substring("data:".length()));
                assertThat(overview.at("/parts/consumer/listeners").size()).isEqualTo(3);
                assertThat(overview.at("/parts/producer/strategies/0/strategy").asString())
                        .isEqualTo("memory-queue");
                assertThat(lines.readLine()).isEmpty();
            }
        }
    }
}
