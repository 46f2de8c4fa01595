package com.example.payments;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/** Answers for each payment that it has the bill of the same number, in version 3. */
final class StandInBilling {

    private static final String PATH = "/api/billings/";

    private StandInBilling() {}

    /** Starts it and returns its address. */
    static String start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext(PATH, call -> {
                String id = call.getRequestURI().getPath().substring(PATH.length());
                byte[] body = """
                        {"paymentId": "%s", "billId": "%s", "version": 3}
                        """.formatted(id, id.replace("pay", "bill")).getBytes(UTF_8);
                call.getResponseHeaders().add("Content-Type", "application/json");
                call.sendResponseHeaders(200, body.length);
                call.getResponseBody().write(body);
                call.close();
            });
            server.start();
            return "http://127.0.0.1:" + server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
