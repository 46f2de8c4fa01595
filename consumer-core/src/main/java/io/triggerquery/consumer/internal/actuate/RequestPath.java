package io.triggerquery.consumer.internal.actuate;

import java.util.Map;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Returns what the path of a request contains, for requests that Spring MVC handles. */
public final class RequestPath {

    // the constant HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE of Spring MVC, which this module does not need
    private static final String VARIABLES = "org.springframework.web.servlet.HandlerMapping.uriTemplateVariables";

    private RequestPath() {}

    /** Returns the variables of the path of the current thread's request by their names, or none. */
    @SuppressWarnings("unchecked") // Spring MVC sets a map of strings
    public static Map<String, String> variables() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        Object variables = request == null ? null : request.getAttribute(VARIABLES, RequestAttributes.SCOPE_REQUEST);
        return variables == null ? Map.of() : (Map<String, String>) variables;
    }
}
