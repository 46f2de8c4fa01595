package io.triggerquery.consumer.internal.query;

import feign.Request;
import feign.RetryableException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Creates the exceptions of calls without an answer, as Feign does, but without the request's headers, body and query
 * string, and with one sentence for each reason for which TLS fails.
 */
final class CallFailures {

    private static final String SEE_BUNDLE = "; see the setting ssl-bundle of the source";

    private CallFailures() {}

    static RetryableException of(Request request, IOException cause) {
        Request shown = Addresses.redacted(request);
        String reason = cause instanceof SSLException
                ? tls(Addresses.authority(shown.url()), cause)
                : cause instanceof SocketTimeoutException ? timeout(cause) : cause.getMessage();
        return new RetryableException(
                -1,
                reason + " executing " + shown.httpMethod() + " " + shown.url(),
                shown.httpMethod(),
                cause,
                (Long) null,
                shown);
    }

    /** The message of the HTTP client's own time-outs is the time alone. */
    private static String timeout(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.matches("[0-9]+ [A-Z]+") ? "No answer within " + message.toLowerCase(Locale.ROOT) : message;
    }

    private static String tls(String host, IOException failure) {
        CertificateException validity = find(failure, CertificateExpiredException.class);
        if (validity != null) {
            return "A certificate of " + host + " has expired (" + validity.getMessage() + ")";
        }
        validity = find(failure, CertificateNotYetValidException.class);
        if (validity != null) {
            return "A certificate of " + host + " is not valid yet (" + validity.getMessage() + ")";
        }
        if (find(failure, CertPathBuilderException.class) != null) {
            return "The certificate of " + host + " is not signed by an authority that this process trusts"
                    + SEE_BUNDLE;
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof SSLPeerUnverifiedException || message.contains("subject alternative")) {
            return "The certificate of " + host + " is for another host (" + message + ")";
        }
        if (message.contains("certificate_required") || message.contains("bad_certificate")) {
            return host + " does not accept the client certificate, or requires one (" + message + ")" + SEE_BUNDLE;
        }
        return "TLS with " + host + " failed: " + message;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth++ < 10; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
