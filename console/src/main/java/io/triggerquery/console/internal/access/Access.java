package io.triggerquery.console.internal.access;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Decides what the user of a request may do.
 *
 * <p>Threads: any.
 */
public sealed interface Access permits RoleAccess, LocalAccess {

    /** Returns the rights of the user. */
    Rights of(HttpServletRequest request);

    /** Returns whether users can sign in. */
    boolean hasUsers();
}
