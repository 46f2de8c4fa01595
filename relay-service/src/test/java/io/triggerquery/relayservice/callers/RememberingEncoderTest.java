package io.triggerquery.relayservice.callers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

class RememberingEncoderTest {

    private final List<String> compared = new ArrayList<>();
    private final PasswordEncoder encoder = new RememberingEncoder(new PasswordEncoder() {
        @Override
        public String encode(CharSequence raw) {
            return "encoded-" + raw;
        }

        @Override
        public boolean matches(CharSequence raw, String encoded) {
            compared.add(raw.toString());
            return encode(raw).equals(encoded);
        }
    });

    @Test
    void matchingPasswordIsComparedOnce() {
        assertThat(encoder.matches("secret", "encoded-secret")).isTrue();
        assertThat(encoder.matches("secret", "encoded-secret")).isTrue();

        assertThat(compared).containsExactly("secret");
    }

    @Test
    void wrongPasswordIsComparedEachTime() {
        assertThat(encoder.matches("guess", "encoded-secret")).isFalse();
        assertThat(encoder.matches("guess", "encoded-secret")).isFalse();

        assertThat(compared).containsExactly("guess", "guess");
    }

    @Test
    void matchOfOneCallerIsNotUsedForAnother() {
        encoder.matches("secret", "encoded-secret");

        assertThat(encoder.matches("secret", "encoded-other")).isFalse();
        assertThat(encoder.matches("other", "encoded-secret")).isFalse();
    }
}
