package io.triggerquery.console.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the console.
 *
 * @param enabled Whether the application serves the console.
 * @param path The path of the console, below the context path.
 * @param readRole The role that may read, with Spring Security, as in hasRole; required there.
 * @param operateRole The role that may operate and read, with Spring Security. Without it no user may operate.
 * @param allowRemote Whether everyone may read, without Spring Security. Otherwise only requests from the same machine
 *     are answered, and none that a proxy has forwarded.
 */
@ConfigurationProperties(TriggerConsoleProperties.PREFIX)
public record TriggerConsoleProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("/triggerquery") String path,
        @Nullable String readRole,
        @Nullable String operateRole,
        @Nullable Boolean allowRemote) {

    static final String PREFIX = "triggerquery.console";
}
