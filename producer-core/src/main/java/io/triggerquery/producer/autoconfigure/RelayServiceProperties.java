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
 * @param url Base URL of the relay service, http or https. Required by both strategies.
 * @param user Name of this service at the relay service.
 * @param password Password of the user.
 * @param connectTimeout Timeout of connecting, 1 ms to 1 min.
 * @param readTimeout Timeout of a response, 1 ms to 1 min. A whole call takes no longer than both timeouts together;
 *     with "registration" the transaction waits for it.
 * @param maxRunTime For "registration": time after the registration at which a trigger is sent if it was not activated,
 *     1 s to 1 h, and again after 4 and 16 times this time. Set it longer than a commit can take.
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
                required(user, "user", "the name of this service at the relay service"),
                required(password, "password", "the password of the user"),
                connectTimeout,
                readTimeout);
    }

    private static <T> T required(@Nullable T value, String name, String meaning) {
        if (value == null) {
            throw new InvalidConfigurationPropertyValueException(
                    TriggerProducerProperties.PREFIX + ".relay-service." + name,
                    null,
                    "The strategies \"relay\" and \"registration\" require it: " + meaning + ".");
        }
        return value;
    }

    private static URI address(String url) {
        URI address = HttpAddress.of(url);
        if (address == null || address.getUserInfo() != null) {
            throw new FailureAnalyzedException(
                    TriggerProducerProperties.PREFIX + ".relay-service.url is not an http or https address"
                            + (address == null ? "." : " without a user and a password."),
                    "Set it to an address such as http://127.0.0.1:8083, and set relay-service.user and"
                            + " relay-service.password.");
        }
        return address;
    }

    /** Returns the settings without the password, and without the address, which may contain one. */
    @Override
    public String toString() {
        return "RelayServiceProperties[user=" + user + "]";
    }
}
