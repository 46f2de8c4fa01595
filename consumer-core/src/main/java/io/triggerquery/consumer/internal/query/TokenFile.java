package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.internal.failure.OneLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * A bearer token in a file that another process replaces, such as a projected token of Kubernetes. The file is read
 * again with the first request after a second.
 *
 * <p>Threads: any; one request in a second reads the file. Bounds: {@value #MAX_BYTES} bytes. Failure: while the file
 * cannot be read or holds no token, the last token is used, and a warning is logged once.
 */
final class TokenFile {

    private static final int MAX_BYTES = 64 * 1024;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final String sourceName;
    private final Path file;
    private final LongSupplier nanoTime;
    private final AtomicLong nextRead;
    private volatile Token current;
    private volatile boolean broken;

    private record Token(String value, Header header) {

        static Token of(String value) {
            return new Token(value, new SecretHeader(HttpHeaders.AUTHORIZATION, "Bearer " + value));
        }
    }

    TokenFile(String sourceName, Path file, LongSupplier nanoTime) throws IOException {
        this.sourceName = sourceName;
        this.file = file;
        this.nanoTime = nanoTime;
        this.current = Token.of(read());
        this.nextRead = new AtomicLong(nanoTime.getAsLong() + PERIOD_NANOS);
    }

    /**
     * Reads the file for the first time.
     *
     * @throws FailureAnalyzedException if it cannot be read or holds no token
     */
    static TokenFile open(String sourceName, Path file) {
        try {
            return new TokenFile(sourceName, file, System::nanoTime);
        } catch (IOException unreadable) {
            throw new FailureAnalyzedException(
                    "The file of triggerquery.sources." + sourceName + ".bearer-token-file cannot be used: "
                            + OneLine.of(unreadable),
                    "Put the token into the file before the application starts: one line with the token alone.",
                    unreadable);
        }
    }

    /** Returns the header {@code Authorization} with the current token. */
    Header header() {
        long now = nanoTime.getAsLong();
        long due = nextRead.get();
        if (now - due >= 0 && nextRead.compareAndSet(due, now + PERIOD_NANOS)) {
            refresh();
        }
        return current.header();
    }

    private void refresh() {
        try {
            String value = read();
            if (!value.equals(current.value())) {
                current = Token.of(value);
            }
            broken = false;
        } catch (IOException unreadable) {
            if (!broken) {
                log.warn(
                        "The bearer token of the source {} cannot be read again, so the last one is used: {}",
                        sourceName,
                        OneLine.of(unreadable));
            }
            broken = true;
        }
    }

    private String read() throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is larger than " + MAX_BYTES + " bytes.");
        }
        String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!isToken(token)) {
            throw new IOException(
                    file + (token.isEmpty() ? " is empty." : " contains a character that no token can have."));
        }
        return token;
    }

    /** Returns whether the text consists of visible ASCII characters. */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
