package io.triggerquery.console.internal.part;

import org.jspecify.annotations.Nullable;

/**
 * A side of the mechanism in this application: its listeners, or its publishers. It offers what the actuator's endpoint
 * of that side offers, by the same code.
 *
 * <p>Threads: any. Failure: throws {@link RefusedException} for a request that is not answered; other exceptions are
 * failures of the application.
 */
public interface ConsolePart {

    /** Returns the name of this part in addresses. */
    String name();

    /** Returns why nothing can be operated, whatever the rights of the user, or null. */
    @Nullable
    String readOnlyBecause();

    /** Returns whether error messages are shown. */
    boolean showsErrors();

    /** Returns whether states of the source are shown. */
    boolean showsStates();

    /** Returns what the overview shows. It is requested every few seconds while a console is open. */
    Object overview();

    /** Returns the view that the parameters name. */
    Object view(Parameters parameters);

    /**
     * Executes the operation that the parameters name, and adds an audit record.
     *
     * @param user who requests it
     * @return the answer of the endpoint
     */
    Object operate(String user, Parameters parameters);
}
