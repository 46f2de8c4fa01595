package io.triggerquery.demo.launcher.check;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The payment service, as far as the check needs it. */
final class PaymentApi {

    private static final int PAGE_SIZE = 500;
    private static final int SAMPLES_PER_CALL = 1_000;
    private static final int ATTEMPTS = 5;

    private final JsonClient http;

    PaymentApi(URI base) {
        this.http = new JsonClient(base);
    }

    void createSamples(int count) throws IOException {
        for (int left = count; left > 0; left -= SAMPLES_PER_CALL) {
            http.post("/api/payments/sample?count=" + Math.min(left, SAMPLES_PER_CALL), "");
        }
    }

    /**
     * Every payment with what it has projected of its billing; empty where it has projected nothing yet.
     *
     * <p>Read by pages, so a payment made meanwhile may shift another from one page to the next. The total says whether
     * that happened, and then it is read again.
     */
    Map<String, Optional<Billed>> all() throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Map<String, Optional<Billed>> payments = new LinkedHashMap<>();
            long total = readPages(payments);
            if (payments.size() == total) {
                return payments;
            }
        }
        throw new IOException("the list of payments changes while it is read; is somebody else making payments?");
    }

    private long readPages(Map<String, Optional<Billed>> into) throws IOException {
        for (int page = 0; ; page++) {
            JsonNode answer = http.get("/api/payments?page=" + page + "&size=" + PAGE_SIZE);
            JsonNode content = answer.path("content");
            for (JsonNode payment : content) {
                into.put(payment.path("id").asString(), projection(payment));
            }
            long total = answer.path("total").asLong(-1);
            if (content.isEmpty() || into.size() >= total) {
                return total;
            }
        }
    }

    private static Optional<Billed> projection(JsonNode payment) {
        JsonNode version = payment.path("billingVersion");
        if (!version.isNumber() || version.asLong() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Billed(
                payment.path("billed").asBoolean(false),
                payment.path("billId").asStringOpt().orElse(null),
                version.asLong()));
    }
}
