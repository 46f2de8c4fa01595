package com.example.payments;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Answers, to clients that it trusts, for each payment that it has the bill of the same number, in version 3. */
final class StandInBilling {

    private static final String PATH = "/api/billings/";

    private StandInBilling() {}

    /** Starts it and returns its address. */
    static String start(SSLContext tls) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters needsACertificate = tls.getDefaultSSLParameters();
                needsACertificate.setNeedClientAuth(true);
                parameters.setSSLParameters(needsACertificate);
            }
        });
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
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }
}
