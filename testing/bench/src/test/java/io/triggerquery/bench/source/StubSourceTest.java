package io.triggerquery.bench.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.bench.id.PaymentIds;
import io.triggerquery.testbed.Await;
import io.triggerquery.testbed.FreePorts;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StubSourceTest {

    private static final String STATE =
            "{\"paymentId\":\"payment-0000007\",\"billed\":true,\"billId\":\"bill-1\",\"version\":1}";

    private final int port = FreePorts.next();
    private final URI url = URI.create("http://127.0.0.1:" + port);
    private final StubSource source = new StubSource(port);
    private final SourceControl control = new SourceControl(url);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        source.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofString());
    }

    @Test
    void returnsTheStateOfAnId() throws Exception {
        HttpResponse<String> answer = get("/api/billings/payment-0000007");

        assertThat(answer.body()).isEqualTo(STATE);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    }

    @Test
    void returnsTheStatesOfManyIds() throws Exception {
        control.version(12);

        assertThat(get("/api/billings?ids=payment-0000007,payment-10000000").body())
                .isEqualTo("[" + STATE.replace(":1}", ":12}") + ","
                        + STATE.replace("0000007", "10000000").replace(":1}", ":12}") + "]");
        assertThat(get("/api/billings?ids=payment-0000007").body()).isEqualTo("[" + STATE.replace(":1}", ":12}") + "]");
    }

    @Test
    void acceptsEncodedCommas() throws Exception {
        assertThat(get("/api/billings?ids=payment-0000007%2Cpayment-0000007").body())
                .isEqualTo("[" + STATE + "," + STATE + "]");
    }

    @Test
    void refusesInvalidCalls() throws Exception {
        assertThat(get("/api/billings/order-0000007").statusCode()).isEqualTo(404);
        assertThat(get("/api/billings?ids=payment-0000007,").statusCode()).isEqualTo(400);
        assertThat(get("/api/billing").statusCode()).isEqualTo(404);
        assertThat(get("/api/billings?ids=" + list(501)).statusCode()).isEqualTo(400);
        assertThat(get("/api/billings?ids=" + list(500)).statusCode()).isEqualTo(200);
    }

    private static String list(int ids) {
        PaymentIds all = new PaymentIds(ids);
        return IntStream.rangeClosed(1, ids).mapToObj(all::text).collect(Collectors.joining(","));
    }

    @Test
    void stuckIdFailsAloneAndInABatchUntilItRecovers() throws Exception {
        control.stick("payment-0000007");

        assertThat(get("/api/billings/payment-0000007").statusCode()).isEqualTo(500);
        assertThat(get("/api/billings/payment-0000008").statusCode()).isEqualTo(200);
        assertThat(get("/api/billings?ids=payment-0000008,payment-0000007").statusCode())
                .isEqualTo(500);

        control.unstick();

        assertThat(get("/api/billings/payment-0000007").statusCode()).isEqualTo(200);
        assertThat(control.counts()).isEqualTo(new Counts(4, 2, 2, 0));
    }

    @Test
    void answersWith503WhileDown() throws Exception {
        control.down(true);
        assertThat(get("/api/billings/payment-0000007").statusCode()).isEqualTo(503);

        control.down(false);
        assertThat(get("/api/billings/payment-0000007").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, 401",
        "FORBIDDEN, 403",
        "NOT_FOUND, 404",
        "TOO_LARGE, 413",
        "UNPROCESSABLE, 422",
        "SERVER_ERROR, 500",
        "TIMEOUT, 504"
    })
    void answersEveryCallWithAStatusUntilTheFaultEnds(Reply reply, int status) throws Exception {
        control.fault(Fault.ofAll(reply));
        assertThat(get("/api/billings/payment-0000007").statusCode()).isEqualTo(status);
        assertThat(get("/api/billings?ids=payment-0000007,payment-0000008").statusCode())
                .isEqualTo(status);
        assertThat(control.counts()).isEqualTo(new Counts(2, 0, 2, 0));

        control.fault(Fault.NONE);
        assertThat(get("/api/billings/payment-0000007").statusCode()).isEqualTo(200);
    }

    @Test
    void answersWithALoginPage() throws Exception {
        control.fault(Fault.ofAll(Reply.LOGIN_PAGE));

        HttpResponse<String> answer = get("/api/billings/payment-0000007");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html");
    }

    @Test
    void failsForSomeIdsAloneAndInABatch() throws Exception {
        control.fault(Fault.ofIds(8, 9, Reply.UNPROCESSABLE));

        assertThat(get("/api/billings/payment-0000007").statusCode()).isEqualTo(200);
        assertThat(get("/api/billings/payment-0000008").statusCode()).isEqualTo(422);
        assertThat(get("/api/billings?ids=payment-0000007,payment-0000009").statusCode())
                .isEqualTo(422);
        assertThat(get("/api/billings?ids=payment-0000007,payment-0000010").statusCode())
                .isEqualTo(200);
    }

    @Test
    void failsForLargeCalls() throws Exception {
        control.fault(Fault.ofLarge(20, Reply.TIMEOUT));

        assertThat(get("/api/billings?ids=" + list(20)).statusCode()).isEqualTo(200);
        assertThat(get("/api/billings?ids=" + list(21)).statusCode()).isEqualTo(504);
    }

    @Test
    void leavesOneCallUnansweredAndAnswersOthers() throws Exception {
        control.fault(Fault.ofLarge(1, Reply.NONE));
        var unanswered = http.sendAsync(
                HttpRequest.newBuilder(url.resolve("/api/billings?ids=" + list(2)))
                        .build(),
                BodyHandlers.ofString());
        Await.until("the call has arrived", () -> control.counts().calls() == 1);

        assertThat(get("/api/billings/payment-0000007").statusCode()).isEqualTo(200);
        assertThat(unanswered).isNotDone();
    }

    @Test
    void countsCallsIdsAndRepeatedIds() throws Exception {
        get("/api/billings?ids=payment-0000007,payment-0000008");
        get("/api/billings/payment-0000007");
        assertThat(control.counts()).isEqualTo(new Counts(2, 3, 0, 1));

        control.reset();
        get("/api/billings/payment-0000007");
        assertThat(control.counts()).isEqualTo(new Counts(1, 1, 0, 0));
    }

    @Test
    void invalidSettingIsNamed() {
        assertThatThrownBy(() -> control.stick("order-1")).hasMessageContaining("'order-1' is no id");
        assertThatThrownBy(() -> control.latency(Duration.ofHours(1))).hasMessageContaining("latencyMicros");
    }

    /** The answers of a connection arrive in the order of its calls, even if a later one takes no time. */
    @Test
    void answersPipelinedCallsInOrder() throws Exception {
        control.latency(Duration.ofMillis(20));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET /api/billings/payment-0000001 HTTP/1.1\r\nhost: x\r\n\r\n"
                                    + "POST /control HTTP/1.1\r\nhost: x\r\ncontent-length: 15\r\n\r\nlatencyMicros=0"
                                    + "GET /api/billings/payment-0000002 HTTP/1.1\r\nhost: x\r\n"
                                    + "connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answers = socket.getInputStream();

            String all = new String(answers.readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(all).containsSubsequence("payment-0000001", "content-length: 0", "payment-0000002");
        }
    }
}
