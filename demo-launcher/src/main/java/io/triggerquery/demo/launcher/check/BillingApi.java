package io.triggerquery.demo.launcher.check;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Calls the billing service for the check. */
final class BillingApi {

    /** A bill and the number of its payments. */
    record Bill(String id, int count) {}

    private static final int IDS_PER_CALL = 500;
    // servers and proxies accept request lines of at least 8 KiB
    private static final int QUERY_LENGTH = 7_000;

    private final JsonClient http;

    BillingApi(URI base) {
        this.http = new JsonClient(base);
    }

    Bill issue(YearMonth month) throws IOException {
        JsonNode answer = http.post("/api/bills", "{\"month\":\"" + month + "\"}");
        return new Bill(
                answer.path("billId").asStringOpt().orElse(""),
                answer.path("count").asInt(0));
    }

    void voidBill(Bill bill) throws IOException {
        http.post("/api/bills/" + encoded(bill.id()) + "/void", "");
    }

    /** Returns the billing of these payments, without those that are unknown to billing. */
    Map<String, Billed> billings(Collection<String> ids) throws IOException {
        Map<String, Billed> found = new HashMap<>();
        for (String query : queries(ids)) {
            for (JsonNode billing : http.get("/api/billings?ids=" + query)) {
                found.put(
                        billing.path("paymentId").asString(),
                        new Billed(
                                billing.path("billed").asBoolean(false),
                                billing.path("billId").asStringOpt().orElse(null),
                                billing.path("version").asLong()));
            }
        }
        return found;
    }

    private static List<String> queries(Collection<String> ids) {
        List<String> queries = new ArrayList<>();
        StringBuilder query = new StringBuilder();
        int count = 0;
        for (String id : ids) {
            String next = encoded(id);
            if (count == IDS_PER_CALL || (count > 0 && query.length() + next.length() >= QUERY_LENGTH)) {
                queries.add(query.toString());
                query.setLength(0);
                count = 0;
            }
            query.append(count == 0 ? "" : ",").append(next);
            count++;
        }
        if (count > 0) {
            queries.add(query.toString());
        }
        return queries;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
