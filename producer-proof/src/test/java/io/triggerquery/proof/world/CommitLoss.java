package io.triggerquery.proof.world;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loses the answers to some commits: the server commits, and the connection ends before the client hears of it.
 *
 * <p>Knows of PostgreSQL's protocol that a message is a letter, its length and a body; that the first one has no letter;
 * and that a statement's text comes in a Parse or a Query. The client must name statements by their text each time
 * ({@code prepareThreshold=0}) and use no TLS.
 */
final class CommitLoss implements Proxy.Wire {

    private static final String COMMIT = "COMMIT\0";

    private volatile int percent;

    /** How many of a hundred commits from now on are not answered. */
    void lose(int percentOfCommits) {
        percent = percentOfCommits;
    }

    @Override
    public void carry(Socket client, Socket server) throws IOException {
        AtomicBoolean lost = new AtomicBoolean();
        Proxy.daemon(() -> answers(server, client, lost));
        DataInputStream from = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        DataOutputStream to = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
        forward(from, to);
        to.flush();
        while (true) {
            byte letter = from.readByte();
            to.writeByte(letter);
            byte[] body = forward(from, to);
            // before the Sync that makes the server answer
            if (isCommit(letter, body) && ThreadLocalRandom.current().nextInt(100) < percent) {
                lost.set(true);
            }
            if (from.available() == 0) {
                to.flush();
            }
        }
    }

    private static byte[] forward(DataInputStream from, DataOutputStream to) throws IOException {
        int length = from.readInt();
        byte[] body = from.readNBytes(length - Integer.BYTES);
        to.writeInt(length);
        to.write(body);
        return body;
    }

    private static boolean isCommit(byte letter, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 16), StandardCharsets.US_ASCII);
        // a Parse has the statement's name first, which is empty
        return letter == 'Q' && text.startsWith(COMMIT) || letter == 'P' && text.startsWith("\0" + COMMIT);
    }

    /** Closes both sides once the server has answered to a commit that is to be lost. */
    private static void answers(Socket server, Socket client, AtomicBoolean lost) {
        byte[] buffer = new byte[8192];
        try (server;
                client) {
            InputStream from = server.getInputStream();
            OutputStream to = client.getOutputStream();
            for (int read = from.read(buffer); read >= 0 && !lost.get(); read = from.read(buffer)) {
                to.write(buffer, 0, read);
            }
        } catch (IOException closed) {
            // one side has gone
        }
    }
}
