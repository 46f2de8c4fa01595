package io.triggerquery.demo.launcher.check;

import io.triggerquery.demo.launcher.part.ServiceClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The calls of the billing and the payment service that the check makes. */
record Services(ServiceClient billing, ServiceClient payment) {

    /** A bill and the number of its payments. */
    record Bill(String id, int count) {}

    // voiding a bill with thousands of payments is one transaction
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int PAGE_SIZE = 500;
    private static final int SAMPLES_PER_CALL = 1_000;
    // ids have 30 characters, and servers and proxies accept request lines of at least 8 KiB
    private static final int IDS_PER_CALL = 200;
    private static final int ATTEMPTS = 5;

    Services(URI billing, URI payment) {
        this(new ServiceClient(billing.toString(), TIMEOUT), new ServiceClient(payment.toString(), TIMEOUT));
    }

    /** Returns what payment's consistency monitor has measured, by lines; empty if it has none. */
    List<String> consistency() {
        try {
            JsonNode report = payment.get("/actuator/triggerquery/billing.billing-changed/consistency");
            List<String> lines = new ArrayList<>();
            for (JsonNode share : report.path("measures")) {
                if (share.path("checked").asLong(0) > 0) {
                    lines.add("%s: %d of %d checks were wrong, so at least %.1f nines"
                            .formatted(
                                    share.path("measure").asString(),
                                    share.path("wrong").asLong(),
                                    share.path("checked").asLong(),
                                    share.path("nines").asDouble()));
                }
            }
            return lines;
        } catch (IOException none) {
            return List.of(); // it is only shown
        }
    }

    /** Issues a bill over all payments that are not billed. */
    Bill issueBill() throws IOException {
        YearMonth month = YearMonth.now(Clock.systemUTC());
        JsonNode answer = billing.post("/api/bills", "{\"month\":\"" + month + "\"}");
        return new Bill(
                answer.path("billId").asStringOpt().orElse(""),
                answer.path("count").asInt(0));
    }

    void voidBill(Bill bill) throws IOException {
        billing.post("/api/bills/" + encoded(bill.id()) + "/void", "");
    }

    /** Returns the billing of these payments, without those that are unknown to billing. */
    Map<String, Billed> billings(Collection<String> ids) throws IOException {
        Map<String, Billed> found = new HashMap<>();
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += IDS_PER_CALL) {
            List<String> some = all.subList(from, Math.min(from + IDS_PER_CALL, all.size()));
            for (JsonNode answer : billing.get("/api/billings?ids=" + encoded(String.join(",", some)))) {
                found.put(answer.path("paymentId").asString(), Billed.of(answer, "version"));
            }
        }
        return found;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    void createPayments(int count) throws IOException {
        for (int remaining = count; remaining > 0; remaining -= SAMPLES_PER_CALL) {
            payment.post("/api/payments/sample?count=" + Math.min(remaining, SAMPLES_PER_CALL), "");
        }
    }

    /**
     * Returns every payment with its projected billing; empty without a projection.
     *
     * <p>Reads by pages. A payment that is created during the read may move another one to the next page; the total
     * shows this, and the list is read again.
     */
    Map<String, Optional<Billed>> payments() throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Map<String, Optional<Billed>> payments = new LinkedHashMap<>();
            if (readPages(payments) == payments.size()) {
                return payments;
            }
        }
        throw new IOException("the list of payments changes while it is read: stop programs that create payments");
    }

    private long readPages(Map<String, Optional<Billed>> into) throws IOException {
        for (int page = 0; ; page++) {
            JsonNode answer = payment.get("/api/payments?page=" + page + "&size=" + PAGE_SIZE);
            JsonNode content = answer.path("content");
            for (JsonNode row : content) {
                Optional<Billed> projection = Optional.of(Billed.of(row, "billingVersion"));
                into.put(row.path("id").asString(), projection.filter(billed -> billed.version() > 0));
            }
            long total = answer.path("total").asLong(-1);
            if (content.isEmpty() || into.size() >= total) {
                return total;
            }
        }
    }
}
