/**
 * 1,024 French words that two people compare aloud, also over the telephone: plain letters, no two
 * alike in their first four letters or within one edit. Pairing depends on each word's place:
 * a published list is never edited.
 */
export const WORDS: readonly string[] = `
  abbaye abeille abricot acajou accent accord accueil acrobate actrice adresse adroit affiche
  agenda agile agneau agrafe aiguille ailette aimable ajout algue alliance alouette alpage
  alphabet altitude amande amarre ambre amical amphore ampoule ananas anchois ancre animal anis
  antenne antilope appareil appui aquarium aqueduc arabesque arbuste arcade archer ardoise
  armoire arrosoir artichaut asperge asphalte assiette astre atelier atlas atome attelage
  aubade aubergine audience aurore auteur autobus autruche avenue averse aviron avocat avoine
  azur babouche bagage bague baie baignoire balade balcon baleine ballet bambou banane banc
  bandeau banjo banquise barbe barque bascule basilic basket bassin bateau batterie bazar
  beignet belette benjamin berceau beurre biberon biche bidon bienfait bijou bille biscuit
  bistrot bitume bivouac blaireau blason bleuet blouse bobine bocage boisson bonbon bonheur
  bonnet bonsoir bosquet bottine bouchon boudoir bougie bouillon boule bourgeon boussole
  bouteille bracelet branche bravo brebis bretelle brillant brin brioche brique brise brocoli
  broderie bronze brosse brouette brugnon brume buffet bureau buse buvard cabane cacao
  cachemire cactus cadeau cadran cahier caillou caisse calcul calme camarade camion campagne
  canal canot cantine capital capuche carafe caresse cargo caribou carnet carotte cartable
  cascade casque casserole castor catalogue cavalier caverne ceinture centre cercle cerfeuil
  cerise chaise chaleur chambre chance chapeau charbon chat chaudron chemin chenille chercheur
  cheval chiffon chignon chocolat choix chorale chou cible cidre cigogne cinq cirage circuit
  ciseau citadelle citerne cithare citoyen citron clairon classe clavier climat clocher cloison
  club cocarde code coffre coiffure coing colibri collier colombe commode compas concert
  condiment confetti conseil conte copain copie coquille corail corbeau cordage cornichon
  corridor cosmos costume coton cottage couleur coupe courgette coussin couteau couvert crabe
  crapaud cravate crayon cresson crevette cristal crochet croissant croquis cuisine cuivre
  culture curieux cygne dahlia dallage damier danse datte dauphin demain demeure dentelle
  dessert devinette devoir diabolo dialogue diamant diligence dimanche dimension dindon
  diplomate directeur discours disque divan docile document doigt domaine domino donateur
  dortoir dossier double douceur douze drapeau droite dune durable duvet emballage emploi
  enclos endive enfant enseigne enveloppe envol escalier espace essai essence estampe estrade
  euro exact excellent exemple exercice facile faisan falaise fameux fantaisie faon farine
  faucon fauteuil fauvette fenouil ferme festival feuille feutre fibre ficelle fiesta figue
  filet film filtre finesse fiole flamant flanelle fleur flocon flotte foire fondant fontaine
  football forge fortune fougasse foulard fourche foyer fraise framboise frange fresque frigo
  frite fromage front frotter fruit funambule furet fuseau futur gabarit galant galerie galop
  gamelle gamin gant garage gardien garenne gaufre gazon genou gentiane gingembre girafe
  girofle givre glace glisse globe gobelet godet golden golfe gomme gondole gong gouache
  gourmand gousse goyave grain gramme grand graphique gravier grenier griffe grille grive
  groseille grotte groupe guidon guignol guirlande guitare gymnase hamac hameau hanneton
  haricot harmonie harpe herbe hermine heureux hibiscus hibou histoire hiver hobby homard
  honneur horizon horloge hortensia houblon hublot humble hymne igloo illustre image immense
  imprimeur indigo infusion instant iris issue ivoire jade jaguar jambe jardin jarre jasmin
  jaune javelot jeton jeudi jeunesse joie joli jonction jongleur jonquille jouet journal joyau
  joyeux judo juillet jument jungle jupe kangourou kayak kilo kimono kiosque kiwi koala lagon
  lagune laitue lampe landau langouste lanterne lapin largeur laurier lavabo lavoir layette
  lecture lentille lettre levure lexique libellule librairie licorne ligne lilas limace
  limonade linotte lion liquide lisible liste litchi litre littoral livret logement logis
  loisir losange loto lotus louche loutre loyal lucarne luciole lueur luge lunaire lundi
  lunette luron lustre luth lutin luzerne lynx macadam madeleine maestro magasin magenta magie
  magnolia maillot main maison malice maman mandarine manette manioc manoir mansarde manteau
  maquette marathon marbre marche marelle margarine marmite marraine mascotte massage match
  matelas melon mention menuisier mercredi merveille mesure meuble micro midi miel miette
  mikado million mimique mimosa minute mirabelle miroir mistral mitaine mobile moderne module
  moelleux mohair moineau moka montagne morceau moteur motif mouchoir mouette moufle moulin
  moustache moutarde moyen muguet mulet multiple muscade musique mustang myosotis myrtille
  nageur naissance nappe narcisse nature nautile navet navire nectar neige neuf neveu nichoir
  noble noisette noix nombre nord nougat nounours nouveau novembre nuage nuance nuit nuque
  oasis objet observer octobre officiel oignon olive olympique ombrelle omelette ongle onze
  opale orbite orchestre ordre oreille organe orgue origan ormeau ornement osier otarie ourlet
  ourson outil ouvrage page paille pair paisible palais palmier panache panda panier panneau
  panorama pantalon papaye papillon paprika paquebot parade parc pareil parfum parking parole
  parrain partage parvis passoire pastel patience patrie paysage peigne peintre pelote peluche
  pendule perche perle permis perroquet persil petit peuple phare phoque photo phrase piano
  pichet picnic pied pierre pigeon pilier piment pinceau pingouin pinson pintade pioche pirogue
  piscine pistache pivert pivoine pizza placard plaisir planche plaque plateau plongeoir pluie
  plumier podium poireau poivre polaire pollen pommier pompon poncho poney port possible poster
  potage poterie potiron poudrier poulie pourpre prairie praline pratique prince prisme
  prochain projet promenade prune pulpe pupille puzzle pyjama pyramide quartier quatre quenelle
  quinze quotidien rabot racine radio raisin rame rapide rebond recette recueil reflet refrain
  refuge regard relais reliure remise remontoir rencontre repas retour revue rhubarbe rideau
  rillettes rire ristourne rivage robe robinet robuste roitelet roman roseau rouage rouleau
  ruban rubis ruche ruelle rugby ruisseau rural rustique rythme sable sachet safari safran
  sagesse saladier salon salut samedi sandale sanglier santal sardine satin saucisse sauge
  saumon sauna savane saveur saxophone scarole science sculpture seau seigle seize semaine
  semblable semelle semoule sentier septembre serein serrure service sieste sifflet signal
  sillage simple singe sirop sketch slalom sofa soleil solide sombrero sommet sonar sonnette
  sorbet soulier souple source souvenir spacieux spatule spectacle stage station stylo subtil
  sucette sucre surf surprise syllabe symbole symphonie tableau tabouret tact talent tambour
  tamis tandem tango tapioca tarte tatami taupe taxi temple tendre terrasse thermos thym ticket
  tigre tilleul timbre tirelire tisane tissu toile toit tomate tombola tondeuse tonneau toque
  torche torrent tortue toucan touffe toupie tournesol trace tradition trajet tram travaux
  treillis tremplin tresse tribu tricot trio triple trompette troupeau truite tulipe tunique
  tunnel turbine turquoise tuyau ultime uniforme union univers utile vacances vache vaisselle
  valeur valise vallon vanille vaste vedette veille vendanges verdure verger vernis verre
  vertical verveine vestiaire victoire vigneron vinaigre vingt violette visite vitamine vitesse
  vitrail vivier vocal voici voilier voisin voiture volant volet volume voyage yacht yaourt
  yoga yourte zeste zigzag zinnia zodiaque
`
  .trim()
  .split(/\s+/);

export function wordAt(index: number): string {
  const word = WORDS[index];
  if (word === undefined) throw new Error(`word list: no word ${index}`);
  return word;
}
