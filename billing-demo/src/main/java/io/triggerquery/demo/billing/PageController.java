package io.triggerquery.demo.billing;

import io.triggerquery.demo.support.UnderWay;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page: what is billed and what is not, with forms to issue and to void bills. Each form is answered with a
 * redirect, so that a reload of the page does nothing again.
 */
@Controller
final class PageController {

    private final BillingSearch search;
    private final Bills bills;
    private final UnderWay underWay;

    PageController(BillingSearch search, Bills bills, UnderWay underWay) {
        this.search = search;
        this.bills = bills;
        this.underWay = underWay;
    }

    @GetMapping("/")
    String page(
            @RequestParam(defaultValue = "0") @Min(0) int page,
            @RequestParam(defaultValue = "0") @Min(0) int billsPage,
            @RequestParam(required = false) @Nullable Integer issued,
            @RequestParam(required = false) @Nullable Integer voided,
            Model model) {
        BillingSearch.Page<BillingSearch.Unbilled> unbilled = search.unbilled(page);
        List<String> ids = unbilled.content().stream()
                .map(BillingSearch.Unbilled::paymentId)
                .toList();
        Set<String> pending = underWay.pending(PaymentProjection.LISTENER, ids);
        model.addAttribute("counts", search.counts())
                .addAttribute("unbilled", unbilled)
                .addAttribute("pending", pending)
                .addAttribute("listener", PaymentProjection.LISTENER)
                .addAttribute("bills", search.bills(billsPage))
                .addAttribute("month", YearMonth.now(ZoneOffset.UTC))
                .addAttribute("issued", issued)
                .addAttribute("voided", voided);
        underWay.addTo(model);
        return "billing";
    }

    @PostMapping("/bills")
    String issue(@Valid @ModelAttribute BillController.NewBill bill) {
        return "redirect:/?issued=" + bills.issue(bill.month()).count();
    }

    @PostMapping("/bills/void")
    String voidBill(@RequestParam String billId) {
        return "redirect:/?voided=" + bills.voidBill(billId).count();
    }
}
