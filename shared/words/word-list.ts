/**
 * 1,024 French words that two people compare aloud, also over the telephone: plain letters, no two
 * alike in their first four letters or within one edit. Pairing depends on each word's place:
 * a published list is never edited.
 */
export const WORDS: readonly string[] = `
  abbaye abeille abreuvoir abricot acajou accent accord accueil acrobate actrice adresse adroit
  affiche agenda agile agneau agouti agrafe aiguille ailette aimable ajout albatros alcove
  algue alliance allumette almanach alpage alphabet alpiniste altitude ambre amical amphore
  ampoule ananas anchois anecdote annuaire antenne antilope appareil applaudir appui aquarium
  aqueduc arabesque arbuste arcade archer ardoise armoire aromate arrivage arrosoir artichaut
  asperge asphalte assiette astre atelier atlas atome attelage aubade aubergine audience aurore
  auteur autobus autruche avenue averse aviron avocat avoine babouche badminton bagage bague
  baignoire balade balcon baleine baluchon bambou banane banc banjo banlieue barbe barrique
  bascule basilic bateau batterie baudrier bavardage bazar beignet benjamin berceau bergamote
  besace beurre biathlon biberon biche bidon bienfait bijou binocle biscuit bistrot bitume
  bivouac blaireau blason bleuet bocage boisson bonbon bonheur bonnet bonsoir bosquet botanique
  bottine bouchon boudoir bougie bouillon boule bouquetin bourgeon boussole bouteille bracelet
  branche bravo brebis bretelle bricolage brillant brin brioche brocoli broderie brouette
  brugnon brume buanderie buffet bulletin bureau buvard cabane cabriole cacao cachemire cactus
  cadeau cadran cahier caillou caisse calanque calcul calme camarade camion camomille campagne
  canal cantine capeline capital capuche carafe cargo caribou carnet carrefour cartable cascade
  casserole castor catalogue cavalier caverne ceinture centre cercle cerfeuil chaleur chapeau
  chariot chat chaudron chemin chercheur cheval chiffon chimie chiot chocolat choix chorale
  chou cidre cigogne cinq cirage circuit cirque ciseau citadelle citerne cithare citoyen citron
  civet clafoutis clairon classe clavier climat clocher cloison club cocarde cocktail coffre
  coiffure coing colibri collier colombe comique commode compas concert condiment confetti
  convoi copain copeau coquille corail corbeau cordage cornichon costume cotillon coton cottage
  coucou couleur courgette coussin couteau couvert crabe crampon cravate crayon crevette
  crinoline criquet cristal croissant croquis crumble cueillir cuisine cuivre culture curieux
  cuvette cycliste dahlia dallage damier dauphin delta demeure dentelle descente dessert
  devinette devoir diabolo dialogue diamant diffuseur diligence dimanche dimension dindon
  dinosaure diplomate directeur diriger discours disque distance divan dizaine docile document
  doigt domino donateur dortoir double douceur doudou drapeau dressage droguiste dune duplex
  durable edelweiss elixir emballage embellie embrun emploi empreinte encadrer enclos encrier
  endive enrobe enseigne entonnoir entracte enveloppe envol escalier espace esplanade esquimau
  essai estampe estrade estuaire excellent excursion exercice exploit facile faience falaise
  fameux fantaisie faon farandole farfelu farine faucon fauteuil fauvette fenouil ferry
  festival feuille feutre fibre ficelle fiesta figue film filtre finesse fiole flamant flanelle
  fleur flipper floraison foire folklore fondant fontaine football forge fortune fougasse
  foulard fourche framboise frange fresque friandise friche frigo frimousse fringale frisson
  fromage fruit fuchsia funambule furet fuseau futur gabarit galant galerie galop gambader
  gamelle gant garage gardien garniture garrigue gazon genou gentiane gingembre girafe girofle
  givre globe glouglou glycine gobelet godet golden golfe gomme gondole gouache gourmand goyave
  gracieux gramme graphique gravier grelotter griffe grignoter grimace grisaille guidon guignol
  guimauve guirlande guitare gyrophare hachoir hamac hanneton harmonie hectare herbe hermine
  heureux hibiscus hibou histoire hochet homard horloge hortensia houblon hublot humble
  hydravion iceberg igloo iguane illustre image immense imprimeur inaugurer incolore indigo
  infusion instant interview invite iris issue ivoire jacquard jaguar jaillir jambe jardin
  jarre jasmin javelot jeton jeudi jeunesse joaillier jonction jongleur jonquille journal
  jouvence jovial joyau joyeux judo juillet jument jungle jupe kangourou kayak kermesse kilo
  kimono kiosque kiwi koala lagune laitue landau langouste lanterne lapin largeur laurier
  lavabo lavoir lecture lendemain lentille lessive levure lexique libellule librairie lichen
  licorne ligne lilas limonade lingot lion liquide lisible litchi literie litre littoral
  logement loisir losange louche loutre loyal lucarne luciole ludique lueur luge luisant
  lumineux lunaire lundi luron lutin luxueux lynx macadam madeleine maestro magasin magenta
  magie magnolia maillot maison majorette majuscule manchot mandarine manioc mannequin manoir
  mansarde maquette marathon marbre marelle margarine mariage marmite marqueur marsouin
  mascotte massage match matelas mention menuisier mercredi meringue merlan merveille mesure
  meuble micro midi miel miette mijoter mikado milieu million mimique mimosa minute mirabelle
  mirifique miroir mistral mitaine mobile moderne module moelleux moineau moka mollusque
  monsieur montagne monument morceau motif mouchoir moufle moulin moustache moutarde mouvement
  moyen muguet mulet multiple murmurer muscade musique mustang myosotis myrtille nageur
  narcisse narval nature nautile navet navire neige nettoyage neuf neveu nichoir noble nombre
  nord nounours nouveau novembre nuage nuit observer ocelot octobre oignon oiseleur oisillon
  okapi olive olympique ombrelle omelette omnibus onctueux opale opossum orangerie orbite
  orchestre organe orgue ormeau ornement orvet otarie ouistiti ourlet ourson outil ouverture
  ouvrage ovation page pair paisible paletot palmier panache panda panorama pantalon papeterie
  papillon paprika paquebot parade parfum parking parmesan parole partage parvis passoire
  pastel patchwork patience paysage peintre peluche pendule perche pergola permis perroquet
  persil petit petunia peuple photo phrase piano picnic picorer pictural pierre pigeon pilier
  piment pinceau pingouin pinson pioche piquet pirogue pistache pivoine pizza placard plaisir
  planche plaque plastron plateau plongeoir pluie podium pointure poireau poivre polaire pollen
  polochon pommier pompon poncho popeline porcelet poterie potiron poulie pourpre prairie
  praline pratique primesaut prisme prochain projet prologue promenade prune puma pupille
  puzzle pyjama pyramide quadruple quartier quatre quotidien rabot raccourci raclette raconter
  radio ragondin raisin rallonge randonner rangement rapide rassemble ravioli rayonnage rebond
  rectangle recueil recyclage reflet refrain refuge regard reliure remontoir rempart rencontre
  renouveau repas reportage retour revue rhubarbe ricochet rideau rigolade rire ristourne
  riverain robe robinet rocaille roitelet roman ronfler roseau rossignol rouage roucouler
  rouleau royaume ruban rubis ruche ruelle ruisseau rural rustique rythme sable sachet safari
  safran saladier salut samedi sandale sanglier sarrasin satin sauge saumon savane saveur
  savoureux saxophone scarole science sculpture seigle semblable semoule sensible septembre
  serein serpentin serrure service sifflet signal simple sketch slalom sofa soleil solstice
  sombrero soprano sorbet sorcier souple source soutien souvenir spacieux spaghetti spatule
  spectacle sphinx sportif stage station stylo sublime subtil succulent sucre surf surprise
  syllabe symbole symphonie tableau tabouret tandem tango tapioca tatami taxi temple tendre
  terminus terrasse textile thermos tigre tilleul timbre tiramisu tirelire tisane toile tomate
  tombola tondeuse torche torrent torsade tortue toucan touffe toundra toupie tournesol
  tradition trajet treillis tremplin trentaine tresse triangle tribune tricot trimestre triple
  trompette troupeau tubercule tulipe tunique tunnel turbine turquoise tuyau ultime ultrason
  uniforme union univers ustensile vacances vaisselle valise vallon vanille vannerie vaporeux
  vasistas vendanges verdure verger vernis vertical verveine vestiaire victoire viennois
  vigneron vinaigre vingt visite vitamine vitrail vivarium vocal voguer voilier voisin voiture
  volet voltiger volume voyage wagonnet wapiti yaourt yoga zeppelin zeste zigzag zinnia
`
  .trim()
  .split(/\s+/);

export function wordAt(index: number): string {
  const word = WORDS[index];
  if (word === undefined) throw new Error(`word list: no word ${index}`);
  return word;
}
