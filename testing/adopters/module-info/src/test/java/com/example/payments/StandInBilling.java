package com.example.payments;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Answers for each payment that it has the bill of the same number, in version 3. Needs no module that the application
 * does not require.
 */
final class StandInBilling {

    private StandInBilling() {}

    /** Starts it and returns its address. */
    static String start() {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> answer(server));
            thread.setDaemon(true);
            thread.start();
            return "http://127.0.0.1:" + server.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(ServerSocket server) {
        while (true) {
            try (Socket call = server.accept()) {
                BufferedReader request = new BufferedReader(new InputStreamReader(call.getInputStream(), UTF_8));
                String id = request.readLine().split("[/ ]")[4];
                while (!request.readLine().isEmpty()) {
                    continue;
                }
                String body = """
                        {"paymentId": "%s", "billId": "%s", "version": 3}
                        """.formatted(id, id.replace("pay", "bill"));
                call.getOutputStream().write("""
                        HTTP/1.1 200 OK\r
                        Content-Type: application/json\r
                        Content-Length: %d\r
                        Connection: close\r
                        \r
                        %s""".formatted(body.length(), body).getBytes(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
