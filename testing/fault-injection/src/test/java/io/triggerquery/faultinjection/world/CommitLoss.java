package io.triggerquery.faultinjection.world;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Loses the answers to some commits: the server commits, and the connection is closed before the client receives the
 * answer.
 *
 * <p>Depends on these parts of PostgreSQL's protocol: a message is a letter, its length and a body; the first one has
 * no letter; a statement's text is in a Parse or a Query. The client must send the text of statements each time ({@code
 * prepareThreshold=0}) and use no TLS.
 */
final class CommitLoss implements Proxy.Wire {

    private static final byte QUERY = 'Q';
    private static final byte PARSE = 'P';
    private static final String COMMIT = "COMMIT\0";
    private static final int LATE_MILLIS = 300;

    /** The fault of a selected commit. */
    enum Kind {
        /** The client loses the connection after the server has committed. */
        ANSWER_LOST,
        /** The client loses the connection before the server commits. */
        COMMIT_LATE
    }

    private record Choice(Kind kind, int percent) {}

    private record Message(byte letter, byte[] body) {

        static Message read(DataInputStream from) throws IOException {
            byte letter = from.readByte();
            return new Message(letter, from.readNBytes(from.readInt() - Integer.BYTES));
        }

        boolean isCommit() {
            String text = new String(body, 0, Math.min(body.length, 16), StandardCharsets.US_ASCII);
            // a Parse begins with the name of the statement, which is empty
            return letter == QUERY && text.startsWith(COMMIT) || letter == PARSE && text.startsWith("\0" + COMMIT);
        }

        void write(DataOutputStream to) throws IOException {
            to.writeByte(letter);
            to.writeInt(body.length + Integer.BYTES);
            to.write(body);
        }
    }

    private final AtomicLong lost = new AtomicLong();
    private volatile Choice choice = new Choice(Kind.ANSWER_LOST, 0);

    /** Sets the percentage of selected commits from now on. */
    void lose(Kind kind, int percentOfCommits) {
        choice = new Choice(kind, percentOfCommits);
    }

    /** Returns the number of selected commits. */
    long lost() {
        return lost.get();
    }

    @Override
    public void carry(Socket client, Socket server) throws IOException {
        AtomicBoolean silent = new AtomicBoolean();
        Proxy.daemon(() -> answers(server, client, silent));
        DataInputStream from = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        DataOutputStream to = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
        int startup = from.readInt();
        to.writeInt(startup);
        to.write(from.readNBytes(startup - Integer.BYTES));
        to.flush();
        while (true) {
            Message message = Message.read(from);
            if (message.isCommit() && ThreadLocalRandom.current().nextInt(100) < choice.percent()) {
                lost.incrementAndGet();
                if (choice.kind() == Kind.COMMIT_LATE) {
                    commitLate(client, to);
                    return;
                }
                // before the Sync that requests the server's answer
                silent.set(true);
            }
            message.write(to);
            if (from.available() == 0) {
                to.flush();
            }
        }
    }

    private static void commitLate(Socket client, DataOutputStream to) throws IOException {
        client.close();
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(LATE_MILLIS, TimeUnit.MILLISECONDS))
                .join();
        new Message(QUERY, COMMIT.getBytes(StandardCharsets.US_ASCII)).write(to);
        to.flush();
    }

    /** Closes both sides after the server has answered to a selected commit. */
    private static void answers(Socket server, Socket client, AtomicBoolean silent) {
        byte[] buffer = new byte[8192];
        try (server;
                client) {
            InputStream from = server.getInputStream();
            OutputStream to = client.getOutputStream();
            for (int read = from.read(buffer); read >= 0 && !silent.get(); read = from.read(buffer)) {
                to.write(buffer, 0, read);
            }
        } catch (IOException closed) {
            // one side has closed
        }
    }
}
