package io.triggerquery.console.internal.web;

import io.triggerquery.console.internal.access.Rights;
import io.triggerquery.console.internal.access.SameOrigin;
import io.triggerquery.console.internal.part.ConsolePart;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.BeansException;

/**
 * What the page needs to know once.
 *
 * @param application the name of the application, or null
 * @param user the user, or null if the application does not know its users
 * @param mayNotOperate why the user may not operate, or null if he or she may
 * @param token the token of operations
 * @param csrf the token of Spring Security, or null
 * @param parts the parts that there are
 */
record Session(
        @Nullable String application,
        @Nullable String user,
        @Nullable String mayNotOperate,
        Header token,
        @Nullable Header csrf,
        List<Part> parts) {

    /** Where Spring Security keeps its token during a request. */
    private static final String CSRF = "_csrf";

    /** A header that operations must have. */
    record Header(String name, String value) {}

    /**
     * A part of the console.
     *
     * @param readOnlyBecause why nothing can be operated in it, or null
     */
    record Part(String name, @Nullable String readOnlyBecause, boolean showsErrors, boolean showsStates) {

        private static Part of(ConsolePart part) {
            return new Part(part.name(), part.readOnlyBecause(), part.showsErrors(), part.showsStates());
        }
    }

    static Session of(
            @Nullable String application,
            Rights rights,
            String token,
            HttpServletRequest request,
            List<ConsolePart> parts) {
        return new Session(
                application,
                rights.user(),
                rights.mayNotOperate(),
                new Header(SameOrigin.HEADER, token),
                csrf(request.getAttribute(CSRF)),
                parts.stream().map(Part::of).toList());
    }

    /** Reads Spring Security's token by its properties, since Spring Security may not be there. */
    private static @Nullable Header csrf(@Nullable Object token) {
        if (token == null) {
            return null;
        }
        try {
            var properties = new BeanWrapperImpl(token);
            return new Header(
                    String.valueOf(properties.getPropertyValue("headerName")),
                    String.valueOf(properties.getPropertyValue("token")));
        } catch (BeansException another) {
            return null;
        }
    }
}
