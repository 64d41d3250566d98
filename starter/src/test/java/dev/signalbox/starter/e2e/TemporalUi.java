package dev.signalbox.starter.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchFrameException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.support.ui.Wait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Temporal's own web page of a workflow, in the Chromium of this machine (UI 2.42). */
final class TemporalUi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String DRIVER =
      System.getenv().getOrDefault("CHROMEDRIVER", "/usr/bin/chromedriver");

  private final String address;
  private final ChromeDriverService service;
  private final RemoteWebDriver browser;

  /**
   * @param address of the UI, without a path
   */
  TemporalUi(String address) {
    this.address = address;
    this.service =
        new ChromeDriverService.Builder().usingDriverExecutable(new File(DRIVER)).build();
    this.browser = browser();
  }

  private RemoteWebDriver browser() {
    try {
      service.start();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
    // In a container it is root, who gets no sandbox from Chromium.
    return new RemoteWebDriver(
        service.getUrl(),
        new ChromeOptions()
            .addArguments("--headless=new", "--no-sandbox", "--window-size=1400,1200"));
  }

  /** The page of the newest run of a workflow. */
  TemporalUi open(String workflowId) {
    browser.get(address + "/namespaces/default/workflows/" + encoded(workflowId));
    return this;
  }

  /** Waits until the tab User Metadata shows it; the details are in frames of their own. */
  TemporalUi awaitDetails(String words) {
    seen("//a[@data-testid='user-metadata-tab']").click();
    patient(words).until(driver -> detailsOf(driver).contains(words));
    return this;
  }

  private static String detailsOf(WebDriver driver) {
    StringBuilder text = new StringBuilder();
    for (WebElement frame : driver.findElements(By.tagName("iframe"))) {
      driver.switchTo().frame(frame);
      text.append(driver.findElement(By.tagName("body")).getText());
      driver.switchTo().defaultContent();
    }
    return text.toString();
  }

  /** By the dialogue Send a Signal, as a person does it. */
  void signal(String name, String json) {
    seen("//button[normalize-space()='More Actions']").click();
    seen("//*[@role='menuitem'][contains(., 'Send a Signal')]").click();
    seen("//*[@data-testid='signal-select-button']").click();
    seen("//*[@role='option'][starts-with(normalize-space(), '" + name + "')]").click();
    WebElement input = seen("//*[contains(@class, 'cm-content')][@contenteditable='true']");
    input.click();
    input.sendKeys(Keys.chord(Keys.CONTROL, "a") + json);
    // The editor lays its text out anew when it is left, and the button below it moves.
    browser.executeScript("document.activeElement.blur()");
    seen("//button[normalize-space()='Submit'][not(@disabled)]").click();
  }

  // The page holds its parts twice, for narrow and for wide windows, and fills them when they have
  // come.
  private WebElement seen(String path) {
    return patient(path)
        .until(
            driver ->
                driver.findElements(By.xpath(path)).stream()
                    .filter(WebElement::isDisplayed)
                    .findFirst()
                    .orElse(null));
  }

  private Wait<WebDriver> patient(String what) {
    return new WebDriverWait(browser, PATIENCE)
        .ignoring(StaleElementReferenceException.class, NoSuchFrameException.class)
        .withMessage(what);
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    browser.quit();
    service.stop();
  }
}
