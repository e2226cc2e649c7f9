package dev.parallax.core.drill;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.TreeSet;

/**
 * Texts in German for {@link FaultKind#NEW_LANGUAGE}: the names of languages, countries, currencies
 * and time zones that the JDK has from the Unicode Common Locale Data Repository.
 *
 * <p>The same on every machine with the same JDK; another JDK may name a few things differently.
 */
public final class GermanPhrases {

  private static final Locale GERMAN = Locale.GERMAN;
  private static final int SHORTEST = 6;

  private GermanPhrases() {}

  /** All of them, each once, in alphabetical order; about 1,800. */
  public static List<String> all() {
    TreeSet<String> phrases = new TreeSet<>();
    for (Locale locale : Locale.getAvailableLocales()) {
      phrases.add(locale.getDisplayName(GERMAN));
    }
    for (String language : Locale.getISOLanguages()) {
      phrases.add(Locale.forLanguageTag(language).getDisplayLanguage(GERMAN));
    }
    for (String country : Locale.getISOCountries()) {
      phrases.add(Locale.forLanguageTag("und-" + country).getDisplayCountry(GERMAN));
    }
    for (Currency currency : Currency.getAvailableCurrencies()) {
      phrases.add(currency.getDisplayName(GERMAN));
    }
    for (String id : TimeZone.getAvailableIDs()) {
      TimeZone zone = TimeZone.getTimeZone(id);
      phrases.add(zone.getDisplayName(false, TimeZone.LONG, GERMAN));
      phrases.add(zone.getDisplayName(true, TimeZone.LONG, GERMAN));
    }
    return phrases.stream().filter(phrase -> phrase.length() >= SHORTEST).toList();
  }
}
