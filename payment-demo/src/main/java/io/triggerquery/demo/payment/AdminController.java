package io.triggerquery.demo.payment;

import io.triggerquery.demo.support.UnderWay;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The admin page: searches payments by their projected billing, creates sample payments, and shows what is pending. */
@Controller
final class AdminController {

    private final PaymentSearch search;
    private final Samples samples;
    private final UnderWay underWay;
    private final MessageSource messages;

    AdminController(PaymentSearch search, Samples samples, UnderWay underWay, MessageSource messages) {
        this.search = search;
        this.samples = samples;
        this.underWay = underWay;
        this.messages = messages;
    }

    @GetMapping("/")
    String page(
            @Valid @Nullable PaymentQuery query,
            BindingResult errors,
            @RequestParam(required = false) @Nullable Integer made,
            Model model,
            HttpServletResponse response) {
        if (errors.hasErrors() || query == null) {
            return refuse(errors, model, response);
        }
        model.addAttribute("made", made);
        return show(query, model);
    }

    /** Answers with a redirect, so that a reload of the page creates no more payments. */
    @PostMapping("/samples")
    String makeSamples(
            @Valid Samples.@Nullable Order order, BindingResult errors, Model model, HttpServletResponse response) {
        if (errors.hasErrors() || order == null) {
            return refuse(errors, model, response);
        }
        return "redirect:/?made=" + samples.create(order);
    }

    private String refuse(BindingResult errors, Model model, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        model.addAttribute(
                "wrong",
                errors.getFieldErrors().stream().map(this::named).sorted().toList());
        return show(PaymentQuery.everything(), model);
    }

    private String named(FieldError error) {
        return error.getField() + " " + messages.getMessage(error, LocaleContextHolder.getLocale());
    }

    private String show(PaymentQuery query, Model model) {
        PaymentPage page = search.page(query);
        Set<String> pending = underWay.pending(
                Billing.LISTENER, page.content().stream().map(PaymentRow::id).toList());
        Instant now = Instant.now();
        model.addAttribute("query", query);
        model.addAttribute("result", page);
        model.addAttribute(
                "rows",
                page.content().stream()
                        .map(row -> AdminRow.of(row, now, pending.contains(row.id())))
                        .toList());
        model.addAttribute("counts", search.counts());
        model.addAttribute("listener", Billing.LISTENER);
        underWay.addTo(model);
        return "admin";
    }
}
