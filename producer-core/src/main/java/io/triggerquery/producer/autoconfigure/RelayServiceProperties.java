package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.remote.RelayServiceSettings;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Settings of the relay service's client, for the strategies {@code relay} and {@code registration}.
 *
 * @param url Its base address, http or https. Required by both strategies.
 * @param user The name under which the relay service knows this one.
 * @param password The password that goes with it.
 * @param connectTimeout How long a connection may take, 1 ms to 1 min.
 * @param readTimeout How long an answer may take, 1 ms to 1 min. A whole call takes no longer than both timeouts together;
 *     with "registration" it holds the transaction.
 * @param maxRunTime For "registration": how long after it was registered a trigger is sent if nobody has activated it,
 *     1 s to 1 h; and once more after 4 and after 16 times as long. Longer than a commit can take.
 */
public record RelayServiceProperties(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,

        @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 1) @DefaultValue("1s")
        Duration connectTimeout,

        @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 1) @DefaultValue("2s")
        Duration readTimeout,

        @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1) @DefaultValue("30s")
        Duration maxRunTime) {

    RelayServiceSettings settings() {
        return new RelayServiceSettings(
                address(required(url, "url", "the address of the relay service, such as http://127.0.0.1:8083")),
                required(user, "user", "the name under which the relay service knows this one"),
                required(password, "password", "the password that goes with the user"),
                connectTimeout,
                readTimeout);
    }

    private static <T> T required(@Nullable T value, String name, String meaning) {
        if (value == null) {
            throw new InvalidConfigurationPropertyValueException(
                    TriggerProducerProperties.PREFIX + ".relay-service." + name,
                    null,
                    "The strategies \"relay\" and \"registration\" need it: " + meaning + ".");
        }
        return value;
    }

    private static URI address(String url) {
        URI address = HttpAddress.of(url);
        if (address == null || address.getUserInfo() != null) {
            throw new FailureAnalyzedException(
                    TriggerProducerProperties.PREFIX + ".relay-service.url is no http or https address"
                            + (address == null ? "." : " without a user and a password."),
                    "Set it to an address such as http://127.0.0.1:8083, and the user and the password by their own"
                            + " settings.");
        }
        return address;
    }

    /** Leaves the password out, and the address, which may contain one. */
    @Override
    public String toString() {
        return "RelayServiceProperties[user=" + user + "]";
    }
}
