package io.triggerquery.demo.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Stands in for both services, in a separate process that needs only the JDK. Billing has every payment that was ever
 * queried. Payment stores its number of payments in a file and returns billing's answer as its projection.
 */
final class StandIn {

    private static final Path COUNT = Path.of("stand-in-payments");

    private final Map<String, String> billings = new TreeMap<>();
    private int bills;
    private int version = 1;

    private StandIn() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv("SERVER_PORT"));
        StandIn service = new StandIn();
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getByName(System.getenv("SERVER_ADDRESS")), port), 0);
        server.createContext("/", exchange -> answer(exchange, 404, ""));
        server.createContext("/actuator/health", exchange -> answer(exchange, 200, "{\"status\":\"UP\"}"));
        server.createContext("/api/billings", exchange -> answer(exchange, 200, service.billings(exchange)));
        server.createContext("/api/bills", exchange -> answer(exchange, 200, service.bill(exchange)));
        server.createContext("/api/payments", exchange -> answer(exchange, 200, payments(exchange)));
        server.createContext("/api/payments/sample", exchange -> answer(exchange, 200, sample(exchange)));
        server.start();
        System.out.printf(
                "profile %s, producer %s%n",
                System.getenv("SPRING_PROFILES_ACTIVE"), System.getenv("PRODUCER_STRATEGY"));
    }

    private String billings(HttpExchange exchange) {
        return Arrays.stream(parameter(exchange, "ids").split(","))
                .map(id -> billings.computeIfAbsent(id, fresh -> billing(fresh, null)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String bill(HttpExchange exchange) {
        boolean voids = exchange.getRequestURI().getPath().endsWith("/void");
        String bill = voids ? null : "bill-" + ++bills;
        version++;
        billings.replaceAll((id, before) -> billing(id, bill));
        return "{\"billId\":\"%s\",\"count\":%d}".formatted(bill, billings.size());
    }

    // "id" is for payment, which forwards this
    private String billing(String id, String bill) {
        return "{\"id\":\"%1$s\",\"paymentId\":\"%1$s\",\"billed\":%2$b,\"billId\":%3$s,\"version\":%4$d,\"billingVersion\":%4$d}"
                .formatted(id, bill != null, bill == null ? null : "\"" + bill + "\"", version);
    }

    private static String sample(HttpExchange exchange) throws IOException {
        int created = Integer.parseInt(parameter(exchange, "count"));
        Files.writeString(COUNT, Integer.toString(count() + created));
        return "{\"created\":%d}".formatted(created);
    }

    private static String payments(HttpExchange exchange) throws IOException {
        int size = Integer.parseInt(parameter(exchange, "size"));
        int from = Integer.parseInt(parameter(exchange, "page")) * size;
        String ids = IntStream.range(from, Math.min(from + size, count()))
                .mapToObj(i -> "p-" + i)
                .collect(Collectors.joining(","));
        return "{\"content\":%s,\"total\":%d}".formatted(ids.isEmpty() ? "[]" : queryBilling(ids), count());
    }

    private static String queryBilling(String ids) throws IOException {
        URI uri = URI.create(System.getenv("BILLING_URL") + "/api/billings?ids=" + ids);
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static int count() throws IOException {
        return Files.exists(COUNT) ? Integer.parseInt(Files.readString(COUNT)) : 0;
    }

    private static String parameter(HttpExchange exchange, String name) {
        return Arrays.stream(exchange.getRequestURI().getQuery().split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
