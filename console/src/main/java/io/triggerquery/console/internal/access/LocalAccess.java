package io.triggerquery.console.internal.access;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Permits reading on this machine, for applications that do not know their users.
 *
 * <p>A request is one from this machine if its connection is, if no proxy has forwarded it, and if its address names
 * this machine: a page of another site cannot make the browser send such a request under a name of its own, which it
 * resolves to 127.0.0.1.
 *
 * @param allowRemote whether reading is permitted from everywhere
 */
public record LocalAccess(boolean allowRemote) implements Access {

    private static final String MAY_NOT_OPERATE =
            "Operating needs a user: add Spring Security and set triggerquery.console.operate-role.";
    private static final String REMOTE = "Without Spring Security the console can be read only from the same"
            + " machine, and not through a proxy. triggerquery.console.allow-remote=true permits it to everyone.";

    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");
    /** Set by Tomcat's valve, which removes the headers. */
    private static final String FORWARDED_TO_TOMCAT = "org.apache.tomcat.request.forwarded";

    private static final Pattern LOOPBACK =
            Pattern.compile("127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)(%.*)?]?|\\[?::ffff:127(\\.\\d{1,3}){3}]?");

    @Override
    public boolean hasUsers() {
        return false;
    }

    @Override
    public Rights of(HttpServletRequest request) {
        return allowRemote || isLocal(received(request))
                ? new Rights(null, null, MAY_NOT_OPERATE)
                : Rights.none(null, REMOTE);
    }

    /** Returns the request as it was received, before a filter changed its addresses by headers. */
    private static HttpServletRequest received(HttpServletRequest request) {
        ServletRequest received = request;
        while (received instanceof ServletRequestWrapper wrapper) {
            received = wrapper.getRequest();
        }
        return received instanceof HttpServletRequest innermost ? innermost : request;
    }

    private static boolean isLocal(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && isOwnName(request.getServerName())
                && request.getAttribute(FORWARDED_TO_TOMCAT) == null
                && FORWARDED.stream().allMatch(header -> request.getHeader(header) == null);
    }

    private static boolean isOwnName(String host) {
        return host.equalsIgnoreCase("localhost") || isLoopback(host);
    }

    private static boolean isLoopback(String address) {
        return LOOPBACK.matcher(address).matches();
    }
}
