package io.triggerquery.demo.payment;

import io.triggerquery.consumer.Freshness;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The button of a row of the admin page that waits until the projection has what billing has now. */
@Controller
final class FreshRowController {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Payments payments;
    private final Freshness freshness;

    FreshRowController(Payments payments, Freshness freshness) {
        this.payments = payments;
        this.freshness = freshness;
    }

    @PostMapping("/fresh")
    String waitUntilFresh(
            @RequestParam @Pattern(regexp = "[^\\p{Cntrl}]+", message = "must have no control characters") String id,
            RedirectAttributes page)
            throws InterruptedException {
        // an await queries billing, so only for ids that are payments
        if (payments.find(id).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "unknown payment " + id);
        }
        boolean fresh = freshness.await(Billing.LISTENER, id, TIMEOUT).isFresh();
        page.addAttribute(fresh ? "fresh" : "late", id);
        return "redirect:/";
    }
}
