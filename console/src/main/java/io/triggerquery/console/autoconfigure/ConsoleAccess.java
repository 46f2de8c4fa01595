package io.triggerquery.console.autoconfigure;

import io.triggerquery.console.internal.access.Access;
import io.triggerquery.console.internal.access.LocalAccess;
import io.triggerquery.console.internal.access.RoleAccess;
import java.util.regex.Pattern;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** Derives from the settings who has access, and refuses settings that are wrong or would have no effect. */
final class ConsoleAccess {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    private ConsoleAccess() {}

    /**
     * Returns who has access.
     *
     * @param hasSecurity whether Spring Security is on the class path
     */
    static Access of(TriggerConsoleProperties settings, boolean hasSecurity) {
        return hasSecurity ? byRole(settings) : local(settings);
    }

    private static Access byRole(TriggerConsoleProperties settings) {
        if (settings.allowRemote() != null) {
            throw failure(
                    name("allow-remote") + " has no effect, since Spring Security is on the class path.",
                    "Remove it, and set " + name("read-role") + ".");
        }
        String readRole = settings.readRole();
        if (readRole == null || readRole.isBlank()) {
            throw failure(
                    name("read-role") + " is not set. Spring Security is on the class path, so the console can be read"
                            + " by users with a role only.",
                    "Set " + name("read-role") + ", and " + name("operate-role") + " if some may operate.");
        }
        if (settings.operateRole() != null && settings.operateRole().isBlank()) {
            throw failure(name("operate-role") + " is empty.", "Set it, or remove it if no user may operate.");
        }
        return new RoleAccess(readRole, settings.operateRole());
    }

    private static Access local(TriggerConsoleProperties settings) {
        if (settings.readRole() != null || settings.operateRole() != null) {
            String names = settings.readRole() == null
                    ? name("operate-role") + " has"
                    : settings.operateRole() == null
                            ? name("read-role") + " has"
                            : name("read-role") + " and " + name("operate-role") + " have";
            throw failure(
                    names + " no effect, since Spring Security is not on the class path: without it, the application"
                            + " does not know who its users are.",
                    "Add spring-boot-starter-security, or remove the setting.");
        }
        return new LocalAccess(Boolean.TRUE.equals(settings.allowRemote()));
    }

    /** Returns the path, without a slash at its end. */
    static String path(TriggerConsoleProperties settings) {
        String path = settings.path().replaceFirst("/$", "");
        if (!PATH.matcher(path).matches()) {
            throw failure(
                    name("path") + " is " + settings.path() + ", which is not a path such as /triggerquery.",
                    "Set it to a path of letters, digits and . _ ~ - that begins with a slash.");
        }
        return path;
    }

    private static String name(String setting) {
        return TriggerConsoleProperties.PREFIX + "." + setting;
    }

    private static FailureAnalyzedException failure(String description, String action) {
        return new FailureAnalyzedException(description, action);
    }
}
