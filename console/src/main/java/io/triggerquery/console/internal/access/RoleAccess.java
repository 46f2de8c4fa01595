package io.triggerquery.console.internal.access;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Permits by the roles of the user. Who may operate may read too.
 *
 * @param readRole the role that may read
 * @param operateRole the role that may operate, or null if none may
 */
public record RoleAccess(String readRole, @Nullable String operateRole) implements Access {

    @Override
    public boolean hasUsers() {
        return true;
    }

    @Override
    public Rights of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            return Rights.none(null, "You are not signed in.");
        }
        String user = principal.getName();
        if (operateRole != null && request.isUserInRole(operateRole)) {
            return new Rights(user, null, null);
        }
        String mayNotOperate = operateRole == null
                ? "No role may operate here: triggerquery.console.operate-role is not set."
                : "You do not have the role " + operateRole + ".";
        return request.isUserInRole(readRole)
                ? new Rights(user, null, mayNotOperate)
                : Rights.none(user, "You do not have the role " + readRole + ".");
    }
}
