package io.triggerquery.relayservice.callers;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.validation.annotation.Validated;

/**
 * The services that may call the relay service.
 *
 * @param callers Services that may call, by the name with which they authenticate. At least one.
 */
@Validated
@ConfigurationProperties("triggerquery.relay-service")
public record Callers(
        @NotEmpty(
                message =
                        "needs at least one caller: set triggerquery.relay-service.callers.NAME.password and .destinations")
        @DefaultValue
        Map<String, @Valid Caller> callers) {

    // checked here, because the exception of a validator would contain the password
    private static final Pattern ENCODED =
            Pattern.compile("\\{(bcrypt|noop|pbkdf2@SpringSecurity_v5_8)}.+", Pattern.DOTALL);

    /** Checks that passwords are present and encoded; throws {@link FailureAnalyzedException}. */
    public Callers {
        callers.forEach((name, caller) -> checkPassword(name, caller.password()));
    }

    private static void checkPassword(String name, @Nullable String password) {
        if (password == null || !ENCODED.matcher(password).matches()) {
            throw new FailureAnalyzedException(
                    "The property triggerquery.relay-service.callers." + name + ".password is "
                            + (password == null ? "missing." : "not encoded."),
                    "Begin it with its encoding, {bcrypt}, {pbkdf2@SpringSecurity_v5_8} or {noop}, such as"
                            + " {bcrypt}$2a$10$...");
        }
    }

    /**
     * A service that may call.
     *
     * @param password Password, with its encoding as a prefix: {bcrypt}$2a$10$... or, where no other person can read
     *     the settings, {noop}secret.
     * @param destinations Logical destinations that the service may send to; each has a topic in
     *     triggerquery.producer.destinations. Not empty.
     */
    public record Caller(
            String password,

            @NotEmpty(message = "must name the destinations that the caller may send to")
            Set<@NotNull String> destinations) {

        /** Returns the caller without the password. */
        @Override
        public String toString() {
            return "Caller[destinations=" + destinations + "]";
        }
    }

    /** Returns whether a caller may send to a destination. */
    public boolean mayUse(String caller, String destination) {
        Caller known = callers.get(caller);
        return known != null && known.destinations().contains(destination);
    }
}
