package io.triggerquery.relayservice.callers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Caches which passwords matched. Matching with bcrypt takes a tenth of a second of CPU time by design, and callers
 * authenticate with every call, some of them within a transaction. Spring Security has no such cache without a session.
 *
 * <p>Threads: any. Bounds: one digest for each caller. Failure: a password that does not match is not cached, so
 * guessing remains slow.
 */
final class RememberingEncoder implements PasswordEncoder {

    private final PasswordEncoder encoder;
    private final Map<String, byte[]> matched = new ConcurrentHashMap<>();

    RememberingEncoder(PasswordEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence raw) {
        return encoder.encode(raw);
    }

    @Override
    public boolean matches(@Nullable CharSequence raw, @Nullable String encoded) {
        if (raw == null || encoded == null) {
            return false;
        }
        byte[] digest = digest(raw);
        byte[] known = matched.get(encoded);
        if (known != null && MessageDigest.isEqual(known, digest)) {
            return true;
        }
        boolean matches = encoder.matches(raw, encoded);
        if (matches) {
            matched.put(encoded, digest);
        }
        return matches;
    }

    private static byte[] digest(CharSequence raw) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(raw.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
